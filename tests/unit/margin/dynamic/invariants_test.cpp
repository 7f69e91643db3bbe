#include <catch2/catch.hpp>
#include <cmath>

#include "margin/dynamic/model.hpp"
#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinRel;
using margin::Requirement;

TEST_CASE("scaling a book by a power of two scales every figure exactly") {
    const SampleMarket desk = three_coins();
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
    CHECK(many.parts[Part::gamma] == k * one.parts[Part::gamma]);
    CHECK(many.parts[Part::correlation] == k * one.parts[Part::correlation]);
}

TEST_CASE("positions in any order give the same bits, and those and their opposites give the rest") {
    const SampleMarket desk = three_coins();
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
    // Of a moved market the size haircut is another: the volume there is as many coins as here only under a
    // shift.
    const std::vector<std::string> sets{"measured_haircut_weight=0"};
    const SampleMarket desk = three_coins();
    const auto dynamic = model("dynamic", desk.market, sets);
    const market::Portfolio account = portfolio(
        desk.market, {{"BTC", 0.2}},
        {{"BTC_USDC-PERPETUAL", 1, 90'000}, {"BTC-30JAN26-100000-C", -1}, {"ETH-PERPETUAL", 3, 4'000}});
    const Requirement here = required(*dynamic, account);
    const market::Shift still(desk.market.assets(), 1.0);
    CHECK_THAT(required(*dynamic, account, still).initial_margin, WithinRel(here.initial_margin, 1e-13));
    CHECK_THAT(required(*dynamic, account, still).equity, WithinRel(here.equity, 1e-14));

    const double f = GENERATE(0.6, 1.25);
    SampleMarket there;
    there.price("BTC", 100'000 * f).price("ETH", 4'000);
    there.mark("BTC_USDC-PERPETUAL", 100'000 * f).mark("ETH-PERPETUAL", 4'000);
    there.option("BTC-30JAN26-100000-C", 100'000 * f, 0.6).vol("BTC", 0.5, 0.5).vol("ETH", 0.8, 0.8);
    const auto moved = model("dynamic", there.market, sets);
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
    SampleMarket desk = three_coins();
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
    CHECK(a.parts[Part::gamma] == b.parts[Part::gamma]);
}

TEST_CASE("more scenarios, more volatility and a longer horizon never lower a linear book") {
    const SampleMarket desk = three_coins();
    const std::vector<Held> held{{"BTC_USDC-PERPETUAL", 1, 1}, {"ETH_USDC-PERPETUAL", -11, 1}};
    double last = 0.0;
    for (const char* days : {"0.5", "1", "2", "5", "20"}) {
        const double r = needed(desk, {}, held, {std::string{"horizon_days="} + days}).initial_margin;
        CHECK(r >= last);
        last = r;
    }
    last = 0.0;
    for (int i = 1; i < 30; ++i) {
        SampleMarket wild = three_coins(true);
        wild.vol("BTC", 0.1 * i, 0.5, Timestamp{now.ms + i});
        // The step alone: the speed limit would hold it back.
        const double r =
            needed(wild, {}, held, {"vol_max_rise_per_day=1e6", "vol_max_fall_per_day=1"}).initial_margin;
        CHECK(r >= last);
        last = r;
    }
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
    SampleMarket desk = three_coins();
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
    SampleMarket desk = three_coins();
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
    SampleMarket desk = three_coins();
    desk.market.set_as_of(Timestamp{now.ms - 3'600'000});
    const auto dynamic = model("dynamic", desk.market);
    Requirement out;
    CHECK_FALSE(dynamic->require(portfolio(desk.market, {}, {{"BTC_USDC-PERPETUAL", 1, 1}}), {}, out));
}

TEST_CASE("without its volatility, coin held as collateral makes the account indeterminate") {
    SampleMarket desk;
    desk.price("BTC", 100'000).price("ETH", 4'000).mark("ETH_USDC-PERPETUAL", 4'000).vol("ETH", 0.8, 0.8);
    const auto dynamic = model("dynamic", desk.market);
    Requirement out;
    CHECK_FALSE(
        dynamic->require(portfolio(desk.market, {{"BTC", 1}}, {{"ETH_USDC-PERPETUAL", 1, 1}}), {}, out));
}

TEST_CASE("a third underlying does not change how far two others hedge each other") {
    // Splitting an account never lowers the owner's total: what hedges here hedges beside a little SOL too.
    SampleMarket desk = three_coins();
    desk.correlation({"BTC", "ETH", "SOL"}, {{1, 0.95, 0.4}, {0.95, 1, 0.4}, {0.4, 0.4, 1}});
    const std::vector<Held> hedge{{"BTC_USDC-PERPETUAL", 1, 1}, {"ETH_USDC-PERPETUAL", -15.625, 1}};
    const std::vector<Held> little{{"SOL_USDC-PERPETUAL", 0.001, 1}};
    std::vector<Held> both = hedge;
    both.push_back(little.front());
    const double apart = needed(desk, {}, hedge).initial_margin + needed(desk, {}, little).initial_margin;
    CHECK(needed(desk, {}, both).initial_margin <= apart * (1.0 + 1e-12));
}
