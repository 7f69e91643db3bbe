#include "stats/backtest/adaptive_conformal.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "stats/distributions/random.hpp"

using namespace tidemark;
using Catch::Matchers::WithinRel;

TEST_CASE("a breach lowers the tail probability, a day without raises it") {
    const auto path = stats::tail_probability_path(0.01, 0.01, 0.005, std::vector{0, 1});
    CHECK_THAT(path[0], WithinRel(0.01 + 0.005 * 0.01, 1e-14));
    CHECK_THAT(path[1], WithinRel(path[0] - 0.005 * 0.99, 1e-14));
}

TEST_CASE("coverage stays within the bound though the model is wrong") {
    // Breaches come three times as often as the model believes; at 0 and below it never breaches, at 1
    // always.
    stats::Uniform uniform{59};
    constexpr double target = 0.05, gain = 0.02;
    constexpr std::size_t days = 5000;
    double alpha = target;
    double breaches = 0.0;
    for (std::size_t day = 0; day < days; ++day) {
        const bool breach = uniform() < 3.0 * alpha;
        breaches += breach ? 1.0 : 0.0;
        alpha = stats::next_tail_probability(alpha, target, gain, breach);
    }
    const double bound = stats::coverage_bound(target, gain, days).value();
    CHECK(bound < 0.01);
    CHECK(std::abs(breaches / days - target) <= bound);
}

TEST_CASE("coverage bound refuses what bounds nothing") {
    CHECK(stats::coverage_bound(0.01, 0.0, 10).error().code == Errc::out_of_domain);
    CHECK(stats::coverage_bound(0.01, 0.005, 0).error().code == Errc::out_of_domain);
    CHECK(stats::coverage_bound(-0.1, 0.005, 10).error().code == Errc::out_of_domain);
    CHECK_THAT(stats::coverage_bound(0.01, 0.005, 10).value(), WithinRel(19.9, 1e-13));
}
