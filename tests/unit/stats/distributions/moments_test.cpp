#include "stats/distributions/moments.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("moments in closed form") {
    // 1, 2, 3, 10: mean 4; squares 9, 4, 1, 36; cubes -27, -8, -1, 216; fourths 81, 16, 1, 1296.
    const auto m = stats::moments(std::vector{1.0, 2.0, 3.0, 10.0}).value();
    CHECK(m.count == 4);
    CHECK(m.mean == 4.0);
    CHECK_THAT(m.variance, WithinRel(12.5, 1e-15));
    CHECK_THAT(m.skew, WithinRel(45.0 / std::pow(12.5, 1.5), 1e-14));
    CHECK_THAT(m.excess_kurtosis, WithinRel(348.5 / 156.25 - 3.0, 1e-13));
    CHECK_THAT(stats::sample_variance(std::vector{1.0, 2.0, 3.0, 10.0}).value(),
               WithinRel(50.0 / 3.0, 1e-14));
}

TEST_CASE("moments keep their digits far from 0") {
    const auto m = stats::moments(std::vector{1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0, 1e9 + 10.0}).value();
    CHECK_THAT(m.variance, WithinRel(12.5, 1e-14));
    CHECK_THAT(m.skew, WithinRel(45.0 / std::pow(12.5, 1.5), 1e-13));
}

TEST_CASE("moments of equal values have no shape") {
    const auto m = stats::moments(std::vector(7, 0.1)).value();
    CHECK_THAT(m.mean, WithinAbs(0.1, 1e-17));
    CHECK(m.variance == 0.0);
    CHECK(m.skew == 0.0);
    CHECK(m.excess_kurtosis == 0.0);
}

TEST_CASE("moments refuse what has none") {
    CHECK(stats::moments({}).error().code == Errc::not_enough_data);
    CHECK(stats::sample_variance(std::vector{1.0}).error().code == Errc::not_enough_data);
    CHECK(stats::moments(std::vector{1.0, std::nan("")}).error().code == Errc::out_of_domain);
    CHECK(stats::moments(std::vector{1.0, std::numeric_limits<double>::infinity()}).error().code ==
          Errc::out_of_domain);
}
