#include "vol/bars/annualise.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using Catch::Matchers::WithinRel;

TEST_CASE("bars in a year of 365 days of 24 hours") {
    CHECK(vol::bars_per_year(60'000).value() == PerYear{525'600});
    CHECK(vol::bars_per_year(3'600'000).value() == PerYear{8760});
    CHECK(vol::bars_per_year(86'400'000).value() == PerYear{365});
    CHECK(vol::bars_per_year(0).error().code == Errc::out_of_range);
    CHECK(vol::bars_per_year(-5).error().code == Errc::out_of_range);
}

TEST_CASE("annualise and variance_per_bar undo each other") {
    CHECK_THAT(vol::annualise(1e-4, PerYear{365}).value(), WithinRel(0.19104973174542800, 1e-14));
    CHECK_THAT(vol::variance_per_bar(vol::annualise(0.003, PerYear{8760}), PerYear{8760}),
               WithinRel(0.003, 1e-14));
    CHECK(vol::annualise(0.0, PerYear{365}) == AnnualVol{0.0});
}
