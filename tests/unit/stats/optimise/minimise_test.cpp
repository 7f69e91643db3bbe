#include "stats/optimise/minimise.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace tidemark;
using Catch::Matchers::WithinAbs;

namespace {

// Rosenbrock (1960): the least value, 0, is at (1, 1).
double banana(const std::vector<double>& x) {
    return std::pow(1.0 - x[0], 2) + 100.0 * std::pow(x[1] - x[0] * x[0], 2);
}

double banana_slope(const std::vector<double>& x, std::vector<double>& slope) {
    slope[0] = -2.0 * (1.0 - x[0]) - 400.0 * x[0] * (x[1] - x[0] * x[0]);
    slope[1] = 200.0 * (x[1] - x[0] * x[0]);
    return banana(x);
}

}  // namespace

TEST_CASE("nelder_mead finds the floor of Rosenbrock's valley") {
    const auto found = stats::nelder_mead(banana, {-1.2, 1.0}, {0.5, 0.5}, 1e-14, 2000).value();
    CHECK(found.converged);
    CHECK_THAT(found.at[0], WithinAbs(1.0, 1e-6));
    CHECK_THAT(found.at[1], WithinAbs(1.0, 1e-6));
}

TEST_CASE("nelder_mead settles on a kink") {
    const auto f = [](const std::vector<double>& x) {
        return std::abs(x[0] - 3.0) + 2.0 * std::abs(x[1] + 1.0);
    };
    const auto found = stats::nelder_mead(f, {0.0, 0.0}, {1.0, 1.0}, 1e-12, 5000).value();
    CHECK_THAT(found.at[0], WithinAbs(3.0, 1e-6));
    CHECK_THAT(found.at[1], WithinAbs(-1.0, 1e-6));
}

TEST_CASE("nelder_mead stays where the function has a value") {
    const auto f = [](const std::vector<double>& x) {
        return x[0] - std::log(x[0]);
    };  // NaN below 0; least at 1
    const auto found = stats::nelder_mead(f, {0.1}, {-0.09}, 1e-13, 1000).value();
    CHECK_THAT(found.at[0], WithinAbs(1.0, 1e-5));
}

TEST_CASE("nelder_mead refuses what it cannot start from") {
    const auto nothing = [](const std::vector<double>&) { return std::numeric_limits<double>::quiet_NaN(); };
    CHECK(stats::nelder_mead(nothing, {1.0}, {1.0}, 1e-9, 100).error().code == Errc::out_of_domain);
    CHECK(stats::nelder_mead(banana, {1.0, 1.0}, {1.0}, 1e-9, 100).error().code == Errc::out_of_domain);
    CHECK(stats::nelder_mead(banana, {1.0, 1.0}, {1.0, 0.0}, 1e-9, 100).error().code == Errc::out_of_domain);
}

TEST_CASE("nelder_mead says when it ran out of evaluations") {
    CHECK_FALSE(stats::nelder_mead(banana, {-1.2, 1.0}, {0.5, 0.5}, 1e-14, 20).value().converged);
}

TEST_CASE("slsqp finds the floor of Rosenbrock's valley") {
    const auto found = stats::slsqp(banana_slope, {-1.2, 1.0}, {}, {}, 1e-14, 500).value();
    CHECK_THAT(found.at[0], WithinAbs(1.0, 1e-6));
    CHECK_THAT(found.at[1], WithinAbs(1.0, 1e-6));
}

TEST_CASE("slsqp keeps within bounds and constraints") {
    // Rosenbrock within the unit disc: (0.7864, 0.6177), value 0.0457 (MathWorks, fmincon's documentation).
    const auto disc = [](const std::vector<double>& x, std::vector<double>& slope) {
        slope = {2.0 * x[0], 2.0 * x[1]};
        return x[0] * x[0] + x[1] * x[1] - 1.0;
    };
    const auto found = stats::slsqp(banana_slope, {0.0, 0.0}, {}, {disc}, 1e-13, 500).value();
    CHECK_THAT(found.at[0], WithinAbs(0.7864, 5e-5));
    CHECK_THAT(found.at[1], WithinAbs(0.6177, 5e-5));
    const auto capped =
        stats::slsqp(banana_slope, {0.0, 0.0}, {{-2, -2}, {0.5, 2.0}}, {}, 1e-13, 500).value();
    CHECK_THAT(capped.at[0], WithinAbs(0.5, 1e-7));
    CHECK_THAT(capped.at[1], WithinAbs(0.25, 1e-6));
}

TEST_CASE("slsqp refuses a start outside its bounds") {
    CHECK(stats::slsqp(banana_slope, {3.0, 0.0}, {{-2, -2}, {2, 2}}, {}, 1e-9, 50).error().code ==
          Errc::out_of_domain);
    CHECK(stats::slsqp(banana_slope, {0.0, 0.0}, {{-2}, {}}, {}, 1e-9, 50).error().code ==
          Errc::out_of_domain);
}
