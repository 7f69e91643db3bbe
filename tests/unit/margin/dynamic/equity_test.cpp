#include "margin/dynamic/equity.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::margin;
using namespace tidemark::sample;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

/// BTC sure to within 100 of 100,000.
SampleMarket unsure() {
    SampleMarket desk = three_coins();
    desk.price("BTC", 100'000, 100.0, Timestamp{now.ms + 1});
    return desk;
}

}  // namespace

TEST_CASE("positions are valued on the worse side of the price's confidence") {
    const SampleMarket desk = unsure();
    struct Case {
        std::string name;
        std::vector<Cash> cash;
        std::vector<Held> held;
        double charge;
    };
    const auto c = GENERATE(values<Case>(
        {{"long", {}, {{"BTC_USDC-PERPETUAL", 3, 100'000}}, 300},
         {"short", {}, {{"BTC_USDC-PERPETUAL", -3, 100'000}}, 300},
         {"both cancel", {}, {{"BTC_USDC-PERPETUAL", 3, 100'000}, {"BTC-PERPETUAL", -3, 100'000}}, 0},
         {"beside coin that was taken lower already",
          {{"BTC", 1}},
          {{"BTC_USDC-PERPETUAL", 3, 100'000}},
          300},
         {"a hedge of that coin", {{"BTC", 1}}, {{"BTC_USDC-PERPETUAL", -1, 100'000}}, 0},
         {"a hedge and more", {{"BTC", 1}}, {{"BTC_USDC-PERPETUAL", -3, 100'000}}, 100}}));
    INFO(c.name);
    const auto r = charged(desk, c.cash, c.held, {"measured_haircut_weight=0"});
    CHECK_THAT(r.confidence_charge, WithinAbs(c.charge, 1e-9));
    const auto twice = charged(desk, c.cash, c.held, {"confidence_multiple=2", "measured_haircut_weight=0"});
    CHECK_THAT(twice.confidence_charge, WithinAbs(2.0 * c.charge, 1e-9));
}

TEST_CASE("an underlying without a price record of its own is assumed to be sure, and said to be") {
    SampleMarket desk;
    desk.mark("BTC_USDC-PERPETUAL", 100'000).vol("BTC", 0.5, 0.5).liquidity("BTC");
    const auto r = charged(desk, {}, {{"BTC_USDC-PERPETUAL", 3, 100'000}});
    CHECK(r.confidence_charge == 0.0);
    // Of the coin, and of the money that is at par for want of a price.
    CHECK(std::ranges::count(r.assumed,
                             Assumption{Assumed::confidence, desk.market.find_asset("BTC").value()}) == 1);
}

TEST_CASE("the haircut is that of the table or of spread and size, whichever is more") {
    SampleMarket desk = three_coins();
    desk.liquidity("BTC").liquidity("ETH");
    const auto kept = [&](const char* asset, double qty, double price) {
        return charged(desk, {{asset, qty}}, {}).collateral_value / (qty * price);
    };
    CHECK_THAT(kept("BTC", 0.01, 100'000), WithinRel(0.98, 1e-12));
    // A day's volume of 100 million: impact of its optimal unwind and twice half a spread.
    const double vol = 0.5 * (0.75 + 0.25 * 1.5) / std::sqrt(365.0);
    const double days = std::sqrt(3.0) / 2.326;
    const double size = vol / std::sqrt(days), spread = 2 * 0.0005;
    CHECK_THAT(kept("BTC", 1'000, 100'000), WithinRel((1 - size) * (1 - spread), 1e-9));
    CHECK(kept("BTC", 2'000, 100'000) < kept("BTC", 1'000, 100'000));
    CHECK_THAT(charged(desk, {{"BTC", 1'000}}, {}, {"measured_haircut_weight=0"}).collateral_value,
               WithinRel(98e6, 1e-14));
}

TEST_CASE("debt takes no haircut, and cash at par none but the table's") {
    const SampleMarket desk = three_coins();
    const auto r = charged(desk, {{"USDC", 1e6}, {"BTC", -1}}, {});
    CHECK_THAT(r.collateral_value, WithinRel(995'000.0 - 100'000.0, 1e-14));
}
