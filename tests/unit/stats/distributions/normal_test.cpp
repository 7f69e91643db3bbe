#include "stats/distributions/normal.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("normal_cdf matches mpmath at 60 digits far into the tail") {
    const auto [x, p] = GENERATE(values<std::pair<double, double>>({
        {-37.0, 5.725571222524577e-300},
        {-3.0, 0.0013498980316300946},
        {0.0, 0.5},
        {1e-08, 0.5000000039894228},
        {2.0, 0.9772498680518208},
        {6.0, 0.9999999990134123},
    }));
    CHECK_THAT(stats::normal_cdf(x), WithinRel(p, 1e-15));
}

TEST_CASE("normal_cdf at the ends of the line") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(stats::normal_cdf(-infinity) == 0.0);
    CHECK(stats::normal_cdf(infinity) == 1.0);
    CHECK(std::isnan(stats::normal_cdf(std::nan(""))));
}

TEST_CASE("normal quantile and expected shortfall match mpmath at 60 digits") {
    struct Case {
        double p, quantile, shortfall;
    };
    const auto c = GENERATE(values<Case>({
        {0.05, -1.6448536269514726, -2.062712807507426},
        {0.001, -3.0902323061678136, -3.3670900770639904},
        {1e-300, -37.0470962993612, -37.07404977673524},
    }));
    CHECK_THAT(stats::normal_quantile(c.p).value(), WithinRel(c.quantile, 1e-15));
    CHECK_THAT(stats::normal_expected_shortfall(c.p).value(), WithinRel(c.shortfall, 2e-15));
}

TEST_CASE("normal quantile puts back what the cdf took") {
    const double x = GENERATE(-30.0, -5.0, -0.3, 0.0, 0.7, 4.0);
    CHECK_THAT(stats::normal_quantile(stats::normal_cdf(x)).value(), WithinAbs(x, 1e-11));
}

TEST_CASE("normal density and its logarithm agree") {
    const double x = GENERATE(0.0, -1.0, 3.5, 37.0);
    CHECK_THAT(std::log(stats::normal_density(x)), WithinRel(stats::normal_log_density(x), 1e-14));
    CHECK(stats::normal_density(1e200) == 0.0);
}

TEST_CASE("normal quantile refuses what is no probability") {
    const double p = GENERATE(0.0, 1.0, -0.1, 1.1, std::nan(""));
    CHECK(stats::normal_quantile(p).error().code == Errc::out_of_domain);
    CHECK(stats::normal_expected_shortfall(p).error().code == Errc::out_of_domain);
}
