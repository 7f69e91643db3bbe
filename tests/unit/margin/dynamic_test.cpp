#include "margin/dynamic.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using margin::Requirement;

namespace {

/// Expected shortfall of the unit-variance t with 4 degrees of freedom at 99 %, over 2 days of a year:
/// 365ths, worked in closed form (Shaw 2006) to 16 digits.
constexpr double shortfall = 0.27325786572935895;

double sum_of(const margin::Parts& p) {
    return p.base + p.volatility + p.skew + p.gamma + p.correlation + p.liquidity + p.concentration +
           p.account + p.orders;
}

double reversed_sum_of(const margin::Parts& p) {
    return p.orders + p.account + p.concentration + p.liquidity + p.correlation + p.gamma + p.skew +
           p.volatility + p.base;
}

Requirement needed(const Desk& desk, const std::vector<Cash>& cash, const std::vector<Held>& held,
                   const std::vector<std::string>& sets = {}, double multiplier = 1.0) {
    const auto dynamic = model("dynamic", desk.market, sets);
    market::Portfolio account = portfolio(desk.market, cash, held);
    account.multiplier = multiplier;
    return required(*dynamic, account);
}

}  // namespace

TEST_CASE("a linear book needs its delta times the range, to the last digit") {
    const Desk desk = three_coins();
    struct Case {
        std::string name;
        std::vector<Held> held;
        double delta_range;
    };
    const double btc = 100'000 * 0.5 * shortfall, eth = 4'000 * 0.8 * shortfall;
    const auto c = GENERATE_COPY(values<Case>(
        {{"long perpetual", {{"BTC_USDC-PERPETUAL", 2.0, 90'000}}, 2.0 * btc},
         {"short perpetual", {{"BTC_USDC-PERPETUAL", -3.7, 90'000}}, 3.7 * btc},
         {"inverse perpetual", {{"BTC-PERPETUAL", 0.3, 90'000}}, 0.3 * btc},
         {"two of a kind", {{"ETH_USDC-PERPETUAL", 5, 1}, {"ETH-PERPETUAL", 6, 1}}, 11.0 * eth},
         {"partly hedged", {{"BTC_USDC-PERPETUAL", 5, 1}, {"BTC-PERPETUAL", -2, 1}}, 3.0 * btc}}));
    INFO(c.name);
    const Requirement r = needed(desk, {{"USD", 1e6}}, c.held);
    CHECK_THAT(r.initial_margin, WithinRel(c.delta_range, 1e-14));
    CHECK_THAT(r.maintenance_margin, WithinRel(0.8 * c.delta_range, 1e-14));
    CHECK_THAT(r.parts.base, WithinRel(c.delta_range, 1e-14));
    CHECK(r.parts.volatility == 0.0);
    CHECK(r.parts.skew == 0.0);
    CHECK_THAT(r.parts.gamma, WithinAbs(0.0, 1e-12 * c.delta_range));
    CHECK(r.parts.correlation == 0.0);
}

TEST_CASE("volatility in use and skew are parts of their own") {
    Desk desk = three_coins();
    REQUIRE(desk.market.put_vol("BTC", [] {
        market::VolState state;
        state.ts = Timestamp{now.ms + 1};
        state.annual_vol = 0.75;
        state.base_annual_vol = 0.5;
        state.implied_vol = 0.75;
        state.rr25 = -0.15;
        state.bf25 = 0.0;
        return state;
    }()));
    const double unit = 100'000 * 0.5 * shortfall;
    const Requirement long_book = needed(desk, {{"USD", 1e6}}, {{"BTC_USDC-PERPETUAL", 1, 1}});
    CHECK_THAT(long_book.parts.base, WithinRel(unit, 1e-14));
    CHECK_THAT(long_book.parts.volatility, WithinRel(0.5 * unit, 1e-13));
    CHECK_THAT(long_book.parts.skew, WithinRel(1.5 * 0.1 * unit, 1e-12));
    CHECK_THAT(long_book.initial_margin, WithinRel(1.65 * unit, 1e-14));
    const Requirement short_book = needed(desk, {{"USD", 1e6}}, {{"BTC_USDC-PERPETUAL", -1, 1}});
    CHECK(short_book.parts.skew == 0.0);
    CHECK_THAT(short_book.initial_margin, WithinRel(1.5 * unit, 1e-14));
}

TEST_CASE("two linear underlyings need sqrt(w'Cw) at the worse of the correlation's bounds") {
    const double rho = 0.7, band = 0.15;
    Desk desk = three_coins();
    desk.correlation({"BTC", "ETH"}, {{1, rho}, {rho, 1}});
    const double btc = 100'000 * 0.5 * shortfall, eth = 4'000 * 0.8 * shortfall;
    const auto against = [&](double x, double y, double r) {
        return std::sqrt(x * x + y * y + 2.0 * r * x * y);
    };
    struct Case {
        std::string name;
        double btc_qty, eth_qty, worse;
    };
    const auto c = GENERATE_COPY(
        values<Case>({{"both long", 1.0, 20.0, rho + band}, {"a hedge", 1.0, -20.0, rho - band}}));
    INFO(c.name);
    const Requirement r = needed(
        desk, {{"USD", 1e6}}, {{"BTC_USDC-PERPETUAL", c.btc_qty, 1}, {"ETH_USDC-PERPETUAL", c.eth_qty, 1}});
    CHECK_THAT(r.initial_margin, WithinRel(against(c.btc_qty * btc, c.eth_qty * eth, c.worse), 1e-13));
    CHECK(r.parts.correlation < 0.0);
    CHECK(r.initial_margin < btc + 20.0 * eth);
}

TEST_CASE("without a measured correlation the policy's own bounds hold, and they bound the measured one") {
    const double btc = 100'000 * 0.5 * shortfall, eth = 4'000 * 0.8 * shortfall;
    const std::vector<Held> hedge{{"BTC_USDC-PERPETUAL", 1, 1}, {"ETH_USDC-PERPETUAL", -20, 1}};
    const double at_low = std::sqrt(btc * btc + 400 * eth * eth - 2.0 * 0.3 * btc * 20 * eth);
    CHECK_THAT(needed(three_coins(), {}, hedge).initial_margin, WithinRel(at_low, 1e-13));
    Desk none = three_coins();
    none.correlation({"BTC", "ETH"}, {{1, -0.5}, {-0.5, 1}});
    CHECK_THAT(needed(none, {}, hedge).initial_margin, WithinRel(at_low, 1e-13));
}

TEST_CASE("a perfect hedge needs nothing") {
    const Desk desk = three_coins();
    const auto c = GENERATE(values<std::vector<Held>>(
        {{{"BTC_USDC-PERPETUAL", 2.5, 90'000}, {"BTC_USDC-PERPETUAL", -2.5, 110'000}},
         {{"BTC_USDC-PERPETUAL", 2.5, 90'000}, {"BTC-PERPETUAL", -2.5, 90'000}},
         {{"BTC_USDC-30JAN26-90000-C", 3.0}, {"BTC_USDC-30JAN26-90000-C", -3.0}}}));
    const Requirement r = needed(desk, {{"USD", 1e6}}, c);
    CHECK_THAT(r.initial_margin, WithinAbs(0.0, 1e-9));
}

TEST_CASE("put, call and forward hedge one another at every price and volatility") {
    // Long call, short put and short perpetual: C - P - (F - K) is constant.
    const Desk desk = three_coins();
    const Requirement r = needed(
        desk, {{"USD", 1e6}},
        {{"BTC_USDC-30JAN26-110000-C", 2}, {"BTC_USDC-30JAN26-110000-P", -2}, {"BTC_USDC-PERPETUAL", -2, 1}});
    CHECK_THAT(r.initial_margin, WithinAbs(0.0, 1e-8));
}

TEST_CASE("coin hedged by an inverse short needs nothing but its haircut") {
    const Desk desk = three_coins();
    const Requirement r = needed(desk, {{"BTC", 1.0}}, {{"BTC-PERPETUAL", -1.0, 100'000}});
    CHECK_THAT(r.initial_margin, WithinAbs(0.0, 1e-9));
    CHECK_THAT(r.collateral_value, WithinRel(98'000.0, 1e-14));
}

TEST_CASE("wrong-way collateral is told from right-way collateral") {
    // A short put loses with the coin that secures it; a short call is covered by it.
    const Desk desk = three_coins();
    const std::vector<Held> put{{"BTC_USDC-30JAN26-100000-P", -1}}, call{{"BTC_USDC-30JAN26-100000-C", -1}};
    const auto in = [&](const char* asset, double qty, const std::vector<Held>& held) {
        return needed(desk, {{asset, qty}}, held).initial_margin;
    };
    CHECK(in("BTC", 1, put) > in("USD", 1e5, put) + 0.5 * in("BTC", 1, {}));
    CHECK(in("BTC", 1, call) < in("USD", 1e5, call));
    // Comonotone losses add, as in STANS for a correlation of 1: linear long against coin held.
    CHECK_THAT(in("BTC", 1, {{"BTC_USDC-PERPETUAL", 1, 1}}),
               WithinRel(in("BTC", 1, {}) + in("USD", 1, {{"BTC_USDC-PERPETUAL", 1, 1}}), 1e-14));
}

TEST_CASE("a long option never needs more than it is worth") {
    const Desk desk = three_coins();
    for (const char* strike : {"80000", "90000", "100000", "110000", "120000"}) {
        for (const char* side : {"-C", "-P"}) {
            const std::string symbol = std::string{"BTC_USDC-30JAN26-"} + strike + side;
            const Requirement r = needed(desk, {{"USD", 1.0}}, {{symbol, 4.0}}, {"horizon_days=30"});
            INFO(symbol);
            CHECK(r.initial_margin <= (r.equity - 1.0) * (1.0 + 1e-12));
            CHECK(r.initial_margin > 0.0);
        }
    }
}

TEST_CASE("parts sum to the requirement exactly, in either order") {
    Desk desk = three_coins();
    desk.correlation({"BTC", "ETH", "SOL"}, {{1, 0.8, 0.6}, {0.8, 1, 0.7}, {0.6, 0.7, 1}});
    const double scale = GENERATE(1e-9, 0.1, 1.0 / 3.0, 1.0, 1e7);
    const double multiplier = GENERATE(0.1, 0.93, 1.0, 1.27, 9.0);
    const Requirement r = needed(desk, {{"USD", 1e6}, {"BTC", 0.37 * scale}},
                                 {{"BTC_USDC-30JAN26-110000-C", -1.1 * scale},
                                  {"BTC_USDC-30JAN26-90000-P", -0.7 * scale},
                                  {"ETH_USDC-PERPETUAL", 13.3 * scale, 3'900},
                                  {"SOL_USDC-PERPETUAL", -171.0 * scale, 190}},
                                 {}, multiplier);
    CHECK(sum_of(r.parts) == r.initial_margin);
    CHECK(reversed_sum_of(r.parts) == r.initial_margin);
    CHECK(r.parts.base > 0.0);
    CHECK(r.parts.gamma != 0.0);
    CHECK(r.parts.correlation < 0.0);
}

TEST_CASE("maintenance is the policy's ratio of the requirement") {
    const Desk desk = three_coins();
    const Requirement r =
        needed(desk, {}, {{"BTC_USDC-PERPETUAL", 1, 1}}, {"maintenance_ratio=0.6", "horizon_days=1"});
    CHECK_THAT(r.initial_margin, WithinRel(100'000 * 0.5 * shortfall / std::sqrt(2.0), 1e-14));
    CHECK_THAT(r.maintenance_margin, WithinRel(0.6 * r.initial_margin, 1e-15));
}

TEST_CASE("the account's multiplier is bounded by the policy") {
    const Desk desk = three_coins();
    const std::vector<Held> held{{"BTC_USDC-PERPETUAL", 1, 1}};
    const double plain = needed(desk, {}, held).initial_margin;
    struct Case {
        double asked, given;
    };
    const auto c = GENERATE(values<Case>({{0.1, 0.85}, {0.9, 0.9}, {1.0, 1.0}, {1.2, 1.2}, {7.0, 1.5}}));
    const Requirement r = needed(desk, {}, held, {}, c.asked);
    CHECK_THAT(r.initial_margin, WithinRel(c.given * plain, 1e-14));
    CHECK_THAT(r.parts.account, WithinAbs((c.given - 1.0) * plain, 1e-10 * plain));
}

TEST_CASE("scaling a book by a power of two scales every figure exactly") {
    const Desk desk = three_coins();
    const double k = GENERATE(0x1p-20, 0.5, 2.0, 0x1p30);
    const auto book = [&](double by) {
        return needed(desk, {{"USD", 1'000.1 * by}, {"BTC", 0.1 * by}},
                      {{"BTC_USDC-30JAN26-90000-P", -0.7 * by},
                       {"BTC-30JAN26-100000-C", 0.3 * by},
                       {"ETH_USDC-PERPETUAL", 1.3 * by, 3'900}});
    };
    const Requirement one = book(1.0), many = book(k);
    CHECK(many.initial_margin == k * one.initial_margin);
    CHECK(many.maintenance_margin == k * one.maintenance_margin);
    CHECK(many.equity == k * one.equity);
    CHECK(many.parts.gamma == k * one.parts.gamma);
    CHECK(many.parts.correlation == k * one.parts.correlation);
}

TEST_CASE("positions in any order give the same bits, and those and their opposites give the rest") {
    const Desk desk = three_coins();
    std::vector<Held> held{{"ETH_USDC-PERPETUAL", 1.3, 3'900},
                           {"BTC_USDC-30JAN26-90000-P", -0.7},
                           {"BTC_USDC-PERPETUAL", 0.1, 91'000},
                           {"BTC_USDC-PERPETUAL", 0.2, 92'000}};
    const Requirement straight = needed(desk, {{"USD", 7.7}, {"BTC", 0.1}}, held);
    std::reverse(held.begin(), held.end());
    const Requirement turned = needed(desk, {{"BTC", 0.1}, {"USD", 7.7}}, held);
    CHECK(turned.initial_margin == straight.initial_margin);
    CHECK(turned.equity == straight.equity);
    held.push_back({"SOL_USDC-PERPETUAL", 11, 190});
    held.push_back({"SOL_USDC-PERPETUAL", -11, 190});
    const Requirement more = needed(desk, {{"USD", 7.7}, {"BTC", 0.1}}, held);
    CHECK_THAT(more.initial_margin, WithinRel(straight.initial_margin, 1e-14));
    CHECK_THAT(more.equity, WithinRel(straight.equity, 1e-13));
}

TEST_CASE("a shift of nothing is no shift, and a shifted market is a market that has moved") {
    const Desk desk = three_coins();
    const auto dynamic = model("dynamic", desk.market);
    const market::Portfolio account = portfolio(
        desk.market, {{"BTC", 0.2}},
        {{"BTC_USDC-PERPETUAL", 1, 90'000}, {"BTC-30JAN26-100000-C", -1}, {"ETH-PERPETUAL", 3, 4'000}});
    const Requirement here = required(*dynamic, account);
    const market::Shift still(desk.market.assets(), 1.0);
    CHECK_THAT(required(*dynamic, account, still).initial_margin, WithinRel(here.initial_margin, 1e-13));
    CHECK_THAT(required(*dynamic, account, still).equity, WithinRel(here.equity, 1e-14));

    const double f = GENERATE(0.6, 1.25);
    Desk there;
    there.price("BTC", 100'000 * f).price("ETH", 4'000);
    there.mark("BTC_USDC-PERPETUAL", 100'000 * f).mark("ETH-PERPETUAL", 4'000);
    there.option("BTC-30JAN26-100000-C", 100'000 * f, 0.6).vol("BTC", 0.5, 0.5).vol("ETH", 0.8, 0.8);
    const auto moved = model("dynamic", there.market);
    const Requirement at = required(*moved, portfolio(there.market, {{"BTC", 0.2}},
                                                      {{"BTC_USDC-PERPETUAL", 1, 90'000},
                                                       {"BTC-30JAN26-100000-C", -1},
                                                       {"ETH-PERPETUAL", 3, 4'000}}));
    market::Shift shift(desk.market.assets(), 1.0);
    shift[desk.market.find_asset("BTC").value()] = f;
    const Requirement shifted = required(*dynamic, account, shift);
    CHECK_THAT(shifted.equity, WithinRel(at.equity, 1e-12));
    CHECK_THAT(shifted.initial_margin, WithinRel(at.initial_margin, 1e-12));
}

TEST_CASE("a model that has priced a market before gives what a new one gives when it has moved") {
    Desk desk = three_coins();
    const auto kept = model("dynamic", desk.market);
    const std::vector<Held> held{{"BTC_USDC-30JAN26-90000-P", -1}, {"BTC-PERPETUAL", 0.3, 90'000}};
    const market::Portfolio account = portfolio(desk.market, {{"BTC", 0.2}}, held);
    required(*kept, account);
    const Timestamp later{now.ms + 1'000};
    const int moved = GENERATE(0, 1, 2, 3);
    if (moved == 0) desk.option("BTC_USDC-30JAN26-90000-P", 95'000, 0.7, later);
    if (moved == 1) desk.price("BTC", 95'000, 10.0, later);
    if (moved == 2) desk.vol("BTC", 0.9, 0.5, later);
    if (moved == 3) desk.mark("BTC-PERPETUAL", 94'000, later);
    const auto fresh = model("dynamic", desk.market);
    const Requirement a = required(*kept, account), b = required(*fresh, account);
    CHECK(a.initial_margin == b.initial_margin);
    CHECK(a.equity == b.equity);
    CHECK(a.parts.gamma == b.parts.gamma);
}

TEST_CASE("more scenarios, more volatility and a longer horizon never lower a linear book") {
    Desk desk = three_coins();
    const std::vector<Held> held{{"BTC_USDC-PERPETUAL", 1, 1}, {"ETH_USDC-PERPETUAL", -11, 1}};
    double last = 0.0;
    for (const char* days : {"0.5", "1", "2", "5", "20"}) {
        const double r = needed(desk, {}, held, {std::string{"horizon_days="} + days}).initial_margin;
        CHECK(r >= last);
        last = r;
    }
    last = 0.0;
    for (int i = 1; i < 30; ++i) {
        desk.vol("BTC", 0.1 * i, 0.5, Timestamp{now.ms + i});
        const double r = needed(desk, {}, held).initial_margin;
        CHECK(r >= last);
        last = r;
    }
}

TEST_CASE("the worst scenario is one of the grid and loses what it says") {
    const Desk desk = three_coins();
    const Requirement r = needed(desk, {{"USD", 1e5}}, {{"BTC_USDC-PERPETUAL", 2, 100'000}});
    REQUIRE(r.has_worst);
    REQUIRE(r.worst.moves.size() == 1);
    CHECK_THAT(r.worst.moves[0].second, WithinRel(-0.5 * shortfall, 1e-12));
    CHECK_THAT(r.worst.loss, WithinRel(r.initial_margin, 1e-13));
    CHECK_FALSE(needed(desk, {{"USD", 1e5}}, {}).has_worst);
}

TEST_CASE("an account with nothing needs nothing") {
    const Requirement r = needed(three_coins(), {}, {});
    CHECK(r.equity == 0.0);
    CHECK(r.initial_margin == 0.0);
    CHECK(r.maintenance_margin == 0.0);
    CHECK(sum_of(r.parts) == 0.0);
}

TEST_CASE("an account is refused whole where one of its figures is missing or stale") {
    struct Case {
        std::string name;
        std::vector<Cash> cash;
        std::vector<Held> held;
        std::int64_t seconds_later;
        Errc code;
    };
    const auto c = GENERATE(values<Case>(
        {{"fresh to the last", {{"BTC", 1}}, {{"BTC_USDC-PERPETUAL", 1, 1}}, 300, Errc::internal},
         {"stale quote", {{"USD", 1}}, {{"BTC_USDC-PERPETUAL", 1, 1}}, 301, Errc::stale},
         {"stale collateral", {{"BTC", 1}}, {}, 301, Errc::stale},
         {"par is never stale", {{"USD", 1}}, {}, 100'000'000, Errc::internal},
         {"no ticker",
          {{"USD", 1}},
          {{"XRP_USDC-PERPETUAL", 1, 1}, {"BTC_USDC-PERPETUAL", 1, 1}},
          0,
          Errc::missing_market},
         {"no volatility", {{"USD", 1}}, {{"DOGE_USDC-PERPETUAL", 1, 1}}, 0, Errc::missing_market},
         {"no price of collateral", {{"XRP", 1}}, {}, 0, Errc::missing_market}}));
    INFO(c.name);
    Desk desk = three_coins();
    desk.mark("DOGE_USDC-PERPETUAL", 0.2);
    REQUIRE(
        desk.market.put_terms("XRP_USDC-PERPETUAL", market::parse_symbol("XRP_USDC-PERPETUAL").value(), {}));
    desk.market.prepare();
    const auto dynamic = model("dynamic", desk.market);
    market::Portfolio account = portfolio(desk.market, c.cash, c.held);
    account.ts = Timestamp{now.ms + c.seconds_later * 1000};
    Requirement out;
    const Status status = dynamic->require(account, {}, out);
    if (c.code == Errc::internal) {
        CHECK(status);
    } else {
        REQUIRE_FALSE(status);
        CHECK(status.error().code == c.code);
    }
}

TEST_CASE("a stale volatility is stale, though prices are fresh") {
    Desk desk = three_coins();
    const Timestamp later{now.ms + 86'400'001};
    desk.mark("BTC_USDC-PERPETUAL", 100'000, later);
    const auto dynamic = model("dynamic", desk.market);
    Requirement out;
    const Status status =
        dynamic->require(portfolio(desk.market, {}, {{"BTC_USDC-PERPETUAL", 1, 1}}), {}, out);
    REQUIRE_FALSE(status);
    CHECK(status.error().code == Errc::stale);
}

TEST_CASE("market records of after the time that was set are not looked into") {
    Desk desk = three_coins();
    desk.market.set_as_of(Timestamp{now.ms - 3'600'000});
    const auto dynamic = model("dynamic", desk.market);
    Requirement out;
    CHECK_FALSE(dynamic->require(portfolio(desk.market, {}, {{"BTC_USDC-PERPETUAL", 1, 1}}), {}, out));
}

TEST_CASE("without its volatility, coin held as collateral makes the account indeterminate") {
    Desk desk;
    desk.price("BTC", 100'000).price("ETH", 4'000).mark("ETH_USDC-PERPETUAL", 4'000).vol("ETH", 0.8, 0.8);
    const auto dynamic = model("dynamic", desk.market);
    Requirement out;
    CHECK_FALSE(
        dynamic->require(portfolio(desk.market, {{"BTC", 1}}, {{"ETH_USDC-PERPETUAL", 1, 1}}), {}, out));
}

TEST_CASE("a third underlying does not change how far two others hedge each other", "[!shouldfail]") {
    // Splitting an account never lowers the owner's total: what hedges here hedges beside a little SOL too.
    Desk desk = three_coins();
    desk.correlation({"BTC", "ETH", "SOL"}, {{1, 0.95, 0.4}, {0.95, 1, 0.4}, {0.4, 0.4, 1}});
    const std::vector<Held> hedge{{"BTC_USDC-PERPETUAL", 1, 1}, {"ETH_USDC-PERPETUAL", -15.625, 1}};
    const std::vector<Held> little{{"SOL_USDC-PERPETUAL", 0.001, 1}};
    std::vector<Held> both = hedge;
    both.push_back(little.front());
    const double apart = needed(desk, {}, hedge).initial_margin + needed(desk, {}, little).initial_margin;
    CHECK(needed(desk, {}, both).initial_margin <= apart * (1.0 + 1e-12));
}
