#include "stats/distributions/hill.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "stats/distributions/random.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("hill of a sample worked by hand") {
    const auto tail = stats::hill(std::vector{-5.0, 1.0, 8.0, 2.0, 4.0}, 2).value();
    CHECK_THAT(tail.shape, WithinRel(1.5 * std::log(2.0), 1e-14));  // (ln 8 + ln 4)/2 - ln 2
    CHECK_THAT(tail.index, WithinRel(1.0 / tail.shape, 1e-15));
}

TEST_CASE("hill finds a Pareto tail's index in any unit") {
    stats::Uniform uniform{3};
    std::vector<double> losses(20'000);
    for (double& x : losses) x = 1e-6 * std::pow(uniform(), -0.4);
    CHECK_THAT(stats::hill(losses, 10'000).value().shape, WithinAbs(0.4, 4.0 * 0.4 / 100.0));
}

TEST_CASE("hill refuses samples without a tail") {
    CHECK(stats::hill(std::vector{1.0, 2.0}, 2).error().code == Errc::not_enough_data);
    CHECK(stats::hill(std::vector{1.0, 2.0}, 0).error().code == Errc::not_enough_data);
    CHECK(stats::hill(std::vector{-1.0, 2.0}, 1).error().code == Errc::out_of_domain);
    CHECK(stats::hill(std::vector{2.0, 2.0, 2.0}, 1).error().code == Errc::out_of_domain);
}
