#include "margin/dynamic/model.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using margin::Requirement;

namespace {

/// Expected shortfall of the unit-variance t with 4 degrees of freedom at 99 %, over 2 days of a year:
/// 365ths, worked in closed form (Shaw 2006) to 16 digits.
constexpr double shortfall = 0.27325786572935895;

double sum_of(const Parts& p) {
    return std::accumulate(p.amounts.begin(), p.amounts.end(), 0.0);
}

double reversed_sum_of(const Parts& p) {
    return std::accumulate(p.amounts.rbegin(), p.amounts.rend(), 0.0);
}

}  // namespace

TEST_CASE("a linear book needs its delta times the range, to the last digit") {
    const SampleMarket desk = three_coins();
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
    CHECK_THAT(r.parts[Part::base], WithinRel(c.delta_range, 1e-14));
    CHECK(r.parts[Part::volatility] == 0.0);
    CHECK(r.parts[Part::skew] == 0.0);
    CHECK_THAT(r.parts[Part::gamma], WithinAbs(0.0, 1e-12 * c.delta_range));
    CHECK(r.parts[Part::correlation] == 0.0);
}

TEST_CASE("volatility in use and skew are parts of their own") {
    SampleMarket desk = three_coins();
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
    CHECK_THAT(long_book.parts[Part::base], WithinRel(unit, 1e-14));
    CHECK_THAT(long_book.parts[Part::volatility], WithinRel(0.5 * unit, 1e-13));
    CHECK_THAT(long_book.parts[Part::skew], WithinRel(1.5 * 0.1 * unit, 1e-12));
    CHECK_THAT(long_book.initial_margin, WithinRel(1.65 * unit, 1e-14));
    const Requirement short_book = needed(desk, {{"USD", 1e6}}, {{"BTC_USDC-PERPETUAL", -1, 1}});
    CHECK(short_book.parts[Part::skew] == 0.0);
    CHECK_THAT(short_book.initial_margin, WithinRel(1.5 * unit, 1e-14));
}

TEST_CASE("two linear underlyings need sqrt(w'Cw) at the worse of the correlation's bounds") {
    const double rho = 0.7, band = 0.15;
    SampleMarket desk = three_coins();
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
    CHECK(r.parts[Part::correlation] < 0.0);
    CHECK(r.initial_margin < btc + 20.0 * eth);
}

TEST_CASE("without a measured correlation the policy's own bounds hold, and they bound the measured one") {
    const double btc = 100'000 * 0.5 * shortfall, eth = 4'000 * 0.8 * shortfall;
    const std::vector<Held> hedge{{"BTC_USDC-PERPETUAL", 1, 1}, {"ETH_USDC-PERPETUAL", -20, 1}};
    const double at_low = std::sqrt(btc * btc + 400 * eth * eth - 2.0 * 0.3 * btc * 20 * eth);
    CHECK_THAT(needed(three_coins(), {}, hedge).initial_margin, WithinRel(at_low, 1e-13));
    SampleMarket none = three_coins();
    none.correlation({"BTC", "ETH"}, {{1, -0.5}, {-0.5, 1}});
    CHECK_THAT(needed(none, {}, hedge).initial_margin, WithinRel(at_low, 1e-13));
}

TEST_CASE("a perfect hedge needs nothing") {
    const SampleMarket desk = three_coins();
    const auto c = GENERATE(values<std::vector<Held>>(
        {{{"BTC_USDC-PERPETUAL", 2.5, 90'000}, {"BTC_USDC-PERPETUAL", -2.5, 110'000}},
         {{"BTC_USDC-PERPETUAL", 2.5, 90'000}, {"BTC-PERPETUAL", -2.5, 90'000}},
         {{"BTC_USDC-30JAN26-90000-C", 3.0}, {"BTC_USDC-30JAN26-90000-C", -3.0}}}));
    const Requirement r = needed(desk, {{"USD", 1e6}}, c);
    CHECK_THAT(r.initial_margin, WithinAbs(0.0, 1e-9));
}

TEST_CASE("put, call and forward hedge one another at every price and volatility") {
    // Long call, short put and short perpetual: C - P - (F - K) is constant.
    const SampleMarket desk = three_coins();
    const Requirement r = needed(
        desk, {{"USD", 1e6}},
        {{"BTC_USDC-30JAN26-110000-C", 2}, {"BTC_USDC-30JAN26-110000-P", -2}, {"BTC_USDC-PERPETUAL", -2, 1}});
    CHECK_THAT(r.initial_margin, WithinAbs(0.0, 1e-8));
}

TEST_CASE("coin hedged by an inverse short needs nothing but its haircut") {
    const SampleMarket desk = three_coins();
    const Requirement r = needed(desk, {{"BTC", 1.0}}, {{"BTC-PERPETUAL", -1.0, 100'000}});
    CHECK_THAT(r.initial_margin, WithinAbs(0.0, 1e-9));
    CHECK_THAT(r.collateral_value, WithinRel(98'000.0, 1e-14));
}

TEST_CASE("wrong-way collateral is told from right-way collateral") {
    // A short put loses with the coin that secures it; a short call is covered by it.
    const SampleMarket desk = three_coins();
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
    const SampleMarket desk = three_coins();
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
    SampleMarket desk = three_coins();
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
    CHECK(r.parts[Part::base] > 0.0);
    CHECK(r.parts[Part::gamma] != 0.0);
    CHECK(r.parts[Part::correlation] < 0.0);
}

TEST_CASE("maintenance is the policy's ratio of the requirement") {
    const SampleMarket desk = three_coins();
    const Requirement r =
        needed(desk, {}, {{"BTC_USDC-PERPETUAL", 1, 1}}, {"maintenance_ratio=0.6", "horizon_days=1"});
    CHECK_THAT(r.initial_margin, WithinRel(100'000 * 0.5 * shortfall / std::sqrt(2.0), 1e-14));
    CHECK_THAT(r.maintenance_margin, WithinRel(0.6 * r.initial_margin, 1e-13));
}

TEST_CASE("the account's multiplier is bounded by the policy") {
    const SampleMarket desk = three_coins();
    const std::vector<Held> held{{"BTC_USDC-PERPETUAL", 1, 1}};
    const double plain = needed(desk, {}, held).initial_margin;
    struct Case {
        double asked, given;
    };
    const auto c = GENERATE(values<Case>({{0.1, 0.85}, {0.9, 0.9}, {1.0, 1.0}, {1.2, 1.2}, {7.0, 1.5}}));
    const Requirement r = needed(desk, {}, held, {}, c.asked);
    CHECK_THAT(r.initial_margin, WithinRel(c.given * plain, 1e-14));
    CHECK_THAT(r.parts[Part::account], WithinAbs((c.given - 1.0) * plain, 1e-10 * plain));
}

TEST_CASE("the worst scenario is one of the grid and loses what it says") {
    const SampleMarket desk = three_coins();
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
