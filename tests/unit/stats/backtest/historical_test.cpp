#include "stats/backtest/historical.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

/// A GARCH(1,1) step, as an example of a volatility model.
double step(double variance, double shock) {
    return 2e-5 + 0.1 * shock * shock + 0.85 * variance;
}

const std::vector<double> residuals{-2.1, -1.3, 0.4, 0.9, -0.2, 1.7, -3.2, 0.1, 0.6, -0.7};

}  // namespace

TEST_CASE("one step ahead, worked by hand") {
    const auto returns = stats::filtered_returns(residuals, 0.001, 0.045);
    const auto risk = stats::historical_risk(returns, 0.2).value();
    CHECK_THAT(risk.value_at_risk, WithinRel(0.0647, 1e-13));
    CHECK_THAT(risk.expected_shortfall, WithinRel(0.11825, 1e-13));
    CHECK(risk.tail_count == 2);
}

TEST_CASE("a path feeds each shock into the next variance") {
    const auto path = stats::filtered_path(std::vector{-2.1, 0.4}, 0.001, 0.002025, step).value();
    const double second = step(0.002025, -2.1 * 0.045);
    CHECK_THAT(path.returns[0], WithinRel(0.001 - 0.0945, 1e-14));
    CHECK_THAT(path.returns[1], WithinRel(0.001 + 0.4 * std::sqrt(second), 1e-14));
    CHECK_THAT(path.variance_after, WithinRel(step(second, 0.4 * std::sqrt(second)), 1e-14));
    CHECK_THAT(path.cumulative, WithinRel(path.returns[0] + path.returns[1], 1e-14));
}

TEST_CASE("simulation has the residuals' variance and repeats with its seed") {
    const auto constant = [](double variance, double) { return variance; };
    const auto run = [&](std::uint64_t seed) {
        return stats::filtered_simulation(std::vector{-1.0, 1.0}, 0.0, 0.04, constant, 4, 20'000, seed)
            .value();
    };
    const auto sums = run(1);
    CHECK(sums == run(1));
    CHECK(sums != run(2));
    double squares = 0.0;
    for (const double r : sums) squares += r * r;
    CHECK_THAT(squares / 20'000.0, WithinRel(0.16, 0.05));
}

TEST_CASE("simulation refuses what it cannot run") {
    CHECK(stats::filtered_simulation({}, 0.0, 0.04, step, 1, 1, 1).error().code == Errc::not_enough_data);
    CHECK(stats::filtered_path(residuals, 0.0, -1.0, step).error().code == Errc::out_of_domain);
    CHECK(stats::filtered_path(residuals, 0.0, std::nan(""), step).error().code == Errc::out_of_domain);
    CHECK(stats::historical_risk({}, 0.1).error().code == Errc::not_enough_data);
}

TEST_CASE("zero volatility moves by the mean alone") {
    const auto still = [](double, double) { return 0.0; };
    const auto path = stats::filtered_path(residuals, 0.001, 0.0, still).value();
    CHECK_THAT(path.cumulative, WithinAbs(0.01, 1e-15));
}
