#include "collateral/haircut_sizing.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace tidemark::collateral;
using Catch::Matchers::WithinRel;

TEST_CASE("haircuts for several reasons multiply what is left") {
    CHECK_THAT(combined_haircut(std::vector{0.12, 0.03, 0.05}), WithinRel(0.18908, 1e-12));
    CHECK(combined_haircut({}) == 0.0);
    CHECK(combined_haircut(std::vector{0.3, 1.0}) == 1.0);
}

TEST_CASE("a haircut from volatility") {
    // 1 - exp(-2.3263 0.8 / sqrt(365)).
    CHECK_THAT(lognormal_haircut(0.8, 1.0 / 365.0, 0.99).value(), WithinRel(0.09281900051946068, 1e-9));
    CHECK_THAT(lognormal_haircut(0.8, 7.0 / 365.0, 0.99).value(), WithinRel(0.22719717510920834, 1e-9));
    CHECK(lognormal_haircut(0.0, 1.0, 0.99).value() == 0.0);
    CHECK(lognormal_haircut(5.0, 100.0, 0.99).value() <= 1.0);
    CHECK_FALSE(lognormal_haircut(0.8, 1.0, 1.0));
}

TEST_CASE("Basel's haircut for main-index equities, by holding and revaluation period") {
    // 15 % at 10 days (CRE22, 12 CFR 1240.39): 10.61 % for daily margined repo at 5 days, 21.21 % at 20.
    CHECK_THAT(supervisory_haircut(0.15, 10, 10, 1), WithinRel(0.15, 1e-14));
    CHECK_THAT(supervisory_haircut(0.15, 10, 5, 1), WithinRel(0.15 / std::sqrt(2.0), 1e-14));
    CHECK_THAT(supervisory_haircut(0.15, 10, 20, 1), WithinRel(0.15 * std::sqrt(2.0), 1e-14));
    CHECK_THAT(supervisory_haircut(0.15, 10, 5, 5),
               WithinRel(0.15 / std::sqrt(2.0) * std::sqrt(9.0 / 5.0), 1e-14));
}

TEST_CASE("an exposure after its collateral, never below nothing") {
    CHECK_THAT(exposure_after_mitigation(
                   {.exposure = 100, .collateral = 80, .collateral_haircut = 0.15, .currency_haircut = 0.08}),
               WithinRel(38.4, 1e-13));
    CHECK(exposure_after_mitigation({.exposure = 100, .collateral = 200}) == 0.0);
}
