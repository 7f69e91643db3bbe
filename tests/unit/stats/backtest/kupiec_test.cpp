#include "stats/backtest/kupiec.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "stats/distributions/random.hpp"
#include "stats/distributions/tail_probability.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("proportion of failures matches MathWorks' varbacktest documentation") {
    struct Case {
        std::int64_t failures, days;
        double p, statistic, p_value;
    };
    const auto c = GENERATE(values<Case>({
        {57, 1043, 0.05, 0.46147, 0.49694},
        {3, 250, 0.05, 10.812, 0.0010083},
        {3, 250, 0.01, 0.09494, 0.75799},
    }));
    const auto test = stats::proportion_of_failures(c.failures, c.days, c.p).value();
    CHECK_THAT(test.statistic, WithinRel(c.statistic, 5e-5));
    CHECK_THAT(test.p_value, WithinRel(c.p_value, 5e-5));
}

TEST_CASE("proportion of failures at its limits") {
    CHECK_THAT(stats::proportion_of_failures(0, 250, 0.01).value().statistic,
               WithinRel(-500.0 * std::log(0.99), 1e-13));
    CHECK_THAT(stats::proportion_of_failures(250, 250, 0.01).value().statistic,
               WithinRel(-500.0 * std::log(0.01), 1e-13));
    const auto exactly = stats::proportion_of_failures(5, 500, 0.01).value();
    CHECK_THAT(exactly.statistic, WithinAbs(0.0, 1e-12));
    CHECK(exactly.statistic >= 0.0);
}

TEST_CASE("exact p-value is a sum over the binomial") {
    const double exact = stats::proportion_of_failures_exact_p(3, 250, 0.01).value();
    double tail = 0.0;
    for (std::int64_t x = 0; x <= 250; ++x) {
        const double at = stats::proportion_of_failures(x, 250, 0.01).value().statistic;
        if (at >= stats::proportion_of_failures(3, 250, 0.01).value().statistic) {
            tail += stats::binomial_probability(x, 250, 0.01);
        }
    }
    CHECK_THAT(exact, WithinRel(tail, 1e-12));
}

TEST_CASE("exact p-value is the share of simulated samples at least as far out") {
    stats::Uniform uniform{5};
    const auto seen = stats::proportion_of_failures(6, 250, 0.01).value();
    int beyond = 0;
    constexpr int samples = 20'000;
    for (int i = 0; i < samples; ++i) {
        std::int64_t failures = 0;
        for (int day = 0; day < 250; ++day) failures += uniform() < 0.01 ? 1 : 0;
        beyond +=
            stats::proportion_of_failures(failures, 250, 0.01).value().statistic >= seen.statistic ? 1 : 0;
    }
    const double exact = stats::proportion_of_failures_exact_p(6, 250, 0.01).value();
    CHECK_THAT(exact, WithinAbs(static_cast<double>(beyond) / samples, 4.0 * std::sqrt(exact / samples)));
    CHECK(std::abs(exact - seen.p_value) > 0.005);  // what the chi-square gets wrong at this size
}

TEST_CASE("non-rejection regions are Kupiec's table at 95 %") {
    struct Case {
        std::int64_t days;
        double p;
        std::int64_t above, below;
    };
    // Jorion, Value at Risk, table 6-2. Its first entry is printed N < 7; the statistic also rejects N = 0.
    const auto c = GENERATE(values<Case>({
        {255, 0.01, 0, 7},
        {510, 0.01, 1, 11},
        {1000, 0.01, 4, 17},
        {255, 0.05, 6, 21},
        {1000, 0.1, 81, 120},
    }));
    const auto region = stats::proportion_of_failures_region(c.days, c.p, 3.841).value();
    CHECK(region.above == c.above);
    CHECK(region.below == c.below);
    CHECK(stats::proportion_of_failures(c.below, c.days, c.p).value().statistic >= 3.841);
    CHECK(stats::proportion_of_failures(c.below - 1, c.days, c.p).value().statistic < 3.841);
}

TEST_CASE("a region that accepts no failure opens at -1") {
    CHECK(stats::proportion_of_failures_region(100, 0.01, 3.841).value().above == -1);
}

TEST_CASE("time until first failure") {
    CHECK_THAT(stats::time_until_first_failure(1.0, 0.01).value().statistic,
               WithinRel(-2.0 * std::log(0.01), 1e-14));
    // Kupiec's bounds at 1 %: rejected up to day 6 and from day 439 on.
    CHECK(stats::time_until_first_failure(6.0, 0.01).value().p_value < 0.05);
    CHECK(stats::time_until_first_failure(7.0, 0.01).value().p_value > 0.05);
    CHECK(stats::time_until_first_failure(438.0, 0.01).value().p_value > 0.05);
    CHECK(stats::time_until_first_failure(439.0, 0.01).value().p_value < 0.05);
    CHECK_THAT(stats::time_until_first_failure(100.0, 0.01).value().statistic, WithinAbs(0.0, 1e-12));
}

TEST_CASE("kupiec refuses impossible samples") {
    CHECK(stats::proportion_of_failures(5, 4, 0.01).error().code == Errc::out_of_domain);
    CHECK(stats::proportion_of_failures(-1, 4, 0.01).error().code == Errc::out_of_domain);
    CHECK(stats::proportion_of_failures(0, 0, 0.01).error().code == Errc::out_of_domain);
    CHECK(stats::proportion_of_failures(0, 4, 1.0).error().code == Errc::out_of_domain);
    CHECK(stats::proportion_of_failures_exact_p(5, 4, 0.01).error().code == Errc::out_of_domain);
    CHECK(stats::proportion_of_failures_region(100, std::nan(""), 3.841).error().code == Errc::out_of_domain);
    CHECK(stats::proportion_of_failures_region(100, 0.01, 0.0).error().code == Errc::out_of_domain);
    CHECK(stats::time_until_first_failure(0.5, 0.01).error().code == Errc::out_of_domain);
}
