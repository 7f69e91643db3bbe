#include "liquidation/venue/liquidation_share.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace tidemark;
using namespace tidemark::liquidation;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("the fewest steps that bring the ratio under its target, Paradex's example") {
    const auto found = liquidation::liquidation_share({80.0, 88.8, -920.0}, {0.2, 0.9, 0.5}).value();
    CHECK(found.share == 0.4);
    CHECK_THAT(1000.0 + found.collateral_change, WithinRel(614.24, 1e-12));
    REQUIRE(found.steps.size() == 4);
    CHECK_THAT(found.steps[1].account_value, WithinRel(62.24, 1e-12));
    CHECK_THAT(found.steps[1].ratio, WithinAbs(0.856, 5e-4));
}

TEST_CASE("nothing is taken where nothing must be, and all where no part helps") {
    CHECK(liquidation::liquidation_share({100.0, 80.0, 0.0}, {0.2, 0.9, 0.5}).value().share == 0.0);
    CHECK(liquidation::liquidation_share({-5.0, 80.0, 0.0}, {0.2, 0.9, 0.5}).value().share == 1.0);
    CHECK(liquidation::liquidation_share({10.0, 80.0, 0.0}, {1.0, 0.9, 0.0}).value().steps.empty());
    CHECK_FALSE(liquidation::liquidation_share({10.0, 80.0, 0.0}, {0.0, 0.9, 0.0}));
    CHECK_FALSE(liquidation::liquidation_share({std::nan(""), 80.0, 0.0}, {0.2, 0.9, 0.0}));
}

TEST_CASE("open size counts the orders of the worse side") {
    CHECK_THAT(liquidation::open_size_margin(-1, 3, 2, 0.02, 90'000), WithinRel(5400.0, 1e-14));
    CHECK(liquidation::open_size_margin(0, 0, 0, 0.02, 90'000) == 0.0);
    CHECK_THAT(liquidation::open_size_margin(-1, 0, 0, 0.02, 90'000), WithinRel(1800.0, 1e-14));
}
