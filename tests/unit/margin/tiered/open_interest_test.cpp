#include "margin/tiered/open_interest.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::margin;

TEST_CASE("initial margin rises with open interest between the caps, rounded down to a ppm") {
    const LiquidityTier tier{200'000, 500'000, 1'000'000, 2'000'000};
    CHECK(adjusted_initial_ppm(tier, 0) == 200'000);
    CHECK(adjusted_initial_ppm(tier, 1'000'000) == 200'000);
    CHECK(adjusted_initial_ppm(tier, 1'234'567) == 387'653);  // dYdX v4, liquidity_tier_test.go
    CHECK(adjusted_initial_ppm(tier, 1'999'999) == 999'999);
    CHECK(adjusted_initial_ppm(tier, 2'000'000) == 1'000'000);
    CHECK(adjusted_initial_ppm({200'000, 500'000, 0, 0}, 1'000'000'000) == 200'000);
}

TEST_CASE("maintenance margin does not follow open interest") {
    // dydx-margin-14: 12,000 quanta at 36,750, open interest 41m between 25m and 50m.
    const LiquidityTier tier{200'000, 500'000, 25'000'000'000'000, 50'000'000'000'000};
    const QuantumPrice price{367'500, -1};
    const Wide open_interest = 41'000'000'000'000 / 36'750;
    const auto busy = position_requirement(tier, 12'000, price, open_interest);
    const auto calm = position_requirement(tier, 12'000, price, 0);
    CHECK(busy.initial > calm.initial);
    CHECK(calm.initial == 88'200'000);
    CHECK(busy.maintenance == 44'100'000);
    CHECK(calm.maintenance == 44'100'000);
}

TEST_CASE("the funding clamp is what lies between initial and maintenance margin") {
    CHECK(funding_clamp_ppm({150'000, 800'000, 0, 0}, 6'000'000) == 180'000);
    CHECK(funding_clamp_ppm({450'000, 1'000'000, 0, 0}, 6'000'000) == 0);
}

TEST_CASE("a tier whose numbers contradict is refused") {
    CHECK(check({200'000, 500'000, 0, 0}));
    CHECK_FALSE(check({1'000'001, 500'000, 0, 0}));
    CHECK_FALSE(check({200'000, -1, 0, 0}));
    CHECK_FALSE(check({200'000, 500'000, 2, 1}));
}
