#include "margin/model/notional_tiers.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace tidemark;
using namespace tidemark::margin;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

// Binance BTCUSDT of 2021.
const std::vector<NotionalTier> btcusdt{{0, 0.004}, {5e4, 0.005}, {2.5e5, 0.01}, {1e6, 0.025}, {1e7, 0.05},
                                        {2e7, 0.1}, {5e7, 0.125}, {1e8, 0.15},   {2e8, 0.25},  {3e8, 0.5}};

}  // namespace

TEST_CASE("deductions are the venue's maintenance amounts") {
    const double published[] = {0,         50,        1300,      16'300,     266'300,
                                1'266'300, 2'516'300, 5'016'300, 25'016'300, 100'016'300};
    const auto deductions = tier_deductions(btcusdt);
    for (std::size_t i = 0; i < deductions.size(); ++i)
        CHECK_THAT(deductions[i], WithinAbs(published[i], 1e-3));
    CHECK_THAT(next_deduction(0.56, 50, 0.05, 0.025), WithinAbs(1.81, 1e-12));
}

TEST_CASE("a tiered requirement has no jumps, is the same for both sides and convex") {
    const auto table = TierTable::make(btcusdt).value();
    for (const NotionalTier& tier : btcusdt) {
        const double below = table.requirement(std::nextafter(tier.floor, 0.0));
        CHECK_THAT(table.requirement(tier.floor), WithinAbs(below, 1e-6));
    }
    CHECK_THAT(table.requirement(1e5), WithinRel(450.0, 1e-12));
    CHECK(table.requirement(-1e5) == table.requirement(1e5));
    CHECK(table.requirement(0.0) == 0.0);
    for (double n = 1e3; n < 1e9; n *= 1.7)
        CHECK(table.requirement(2 * n) >= 2 * table.requirement(n) * (1 - 1e-12));
}

TEST_CASE("tiers that do not ascend are refused") {
    CHECK_FALSE(TierTable::make({}));
    CHECK_FALSE(TierTable::make({{1.0, 0.1}}));
    CHECK_FALSE(TierTable::make({{0.0, 0.1}, {10.0, 0.05}}));
    CHECK_FALSE(TierTable::make({{0.0, 0.1}, {0.0, 0.2}}));
    CHECK_FALSE(TierTable::make({{0.0, std::numeric_limits<double>::quiet_NaN()}}));
}

TEST_CASE("Deribit's linear futures: the rate grows with size") {
    CHECK_THAT(sloped_requirement(25, 1e5, 0.02, 5e-5), WithinRel(53'125.0, 1e-12));
    CHECK_THAT(sloped_requirement(350, 1e5, 0.01, 5e-5), WithinRel(962'500.0, 1e-12));
    CHECK_THAT(sloped_requirement(6000, 200, 0.04, 5e-6), WithinRel(84'000.0, 1e-12));
}
