#include "stats/distributions/cornish_fisher.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "stats/distributions/normal.hpp"

using namespace tidemark;
using Catch::Matchers::WithinRel;

TEST_CASE("without skewness and kurtosis the correction is none") {
    const double p = GENERATE(0.001, 0.05, 0.5, 0.99);
    CHECK(stats::cornish_fisher_quantile(p, 0.0, 0.0).value() == stats::normal_quantile(p).value());
}

TEST_CASE("corrected value at risk matches PerformanceAnalytics on DEM/GBP") {
    // Its printed skewness, kurtosis and normal figures give mean and deviation back.
    const double var = 0.015840553726233747, skew = -0.24951415750244632, kurtosis = 3.627654058773831;
    const double z95 = -1.6448536269514726, z99 = -2.3263478740408408;
    const double sd = (0.0111010185221727 - 0.00789714143398648) / (z95 - z99);
    const double mean = -0.0111010185221727 - z99 * sd;
    const stats::Moments returns{1974, mean, sd * sd, skew, kurtosis};
    CHECK_THAT(stats::cornish_fisher_value_at_risk(returns, 0.99).value(), WithinRel(var, 1e-9));
    const auto normal = stats::normal_risk(returns, 0.99).value();
    CHECK_THAT(normal.value_at_risk, WithinRel(0.0111010185221727, 1e-12));
    CHECK_THAT(normal.expected_shortfall, WithinRel(0.012694115056033, 1e-9));
}

TEST_CASE("the domain is Maillard's") {
    CHECK(stats::cornish_fisher_monotone(0.0, 8.0));
    CHECK_FALSE(stats::cornish_fisher_monotone(0.0, 8.01));
    CHECK_FALSE(stats::cornish_fisher_monotone(0.0, -0.01));
    CHECK_FALSE(stats::cornish_fisher_monotone(-2.6, 8.0));
    CHECK_FALSE(stats::cornish_fisher_monotone(std::nan(""), 1.0));
}

TEST_CASE("within the domain a rarer loss is never smaller, and just outside it is somewhere") {
    const double skew = GENERATE(-1.0, -0.3, 0.0, 0.5);
    for (double kurtosis = 0.0; kurtosis < 12.0; kurtosis += 0.05) {
        bool rises = true;
        // The derivative of the expansion by z.
        for (double z = -40.0; z <= 40.0; z += 0.01) {
            rises = rises && 1.0 + z * skew / 3.0 + (3.0 * z * z - 3.0) * kurtosis / 24.0 -
                                     (6.0 * z * z - 5.0) * skew * skew / 36.0 >=
                                 -1e-4;
        }
        if (stats::cornish_fisher_monotone(skew, kurtosis)) CHECK(rises);
        if (kurtosis > 10.0) CHECK_FALSE(stats::cornish_fisher_monotone(skew, kurtosis));
    }
}

TEST_CASE("outside the domain it refuses") {
    CHECK(stats::cornish_fisher_quantile(0.01, -0.74, 11.9).error().code == Errc::out_of_domain);
    CHECK(stats::cornish_fisher_quantile(1.0, 0.0, 3.0).error().code == Errc::out_of_domain);
    CHECK(stats::normal_risk({}, 1.0).error().code == Errc::out_of_domain);
}
