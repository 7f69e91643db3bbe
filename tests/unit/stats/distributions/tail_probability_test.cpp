#include "stats/distributions/tail_probability.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("chi-square survival in closed form") {
    const double x = GENERATE(0.01, 1.0, 3.841, 50.0, 700.0);
    CHECK_THAT(stats::chi_square_survival(x, 2.0), WithinRel(std::exp(-0.5 * x), 1e-13));
    CHECK_THAT(stats::chi_square_survival(x, 1.0), WithinRel(std::erfc(std::sqrt(0.5 * x)), 1e-13));
}

TEST_CASE("chi-square survival at its ends") {
    CHECK(stats::chi_square_survival(0.0, 1.0) == 1.0);
    CHECK(stats::chi_square_survival(-1.0, 1.0) == 1.0);
    CHECK(stats::chi_square_survival(std::numeric_limits<double>::infinity(), 1.0) == 0.0);
    CHECK(std::isnan(stats::chi_square_survival(1.0, 0.0)));
    CHECK(std::isnan(stats::chi_square_survival(std::nan(""), 1.0)));
}

TEST_CASE("binomial probabilities sum to the distribution") {
    const double p = GENERATE(0.0, 0.01, 0.5, 0.99, 1.0);
    double sum = 0.0;
    for (std::int64_t k = 0; k <= 60; ++k) {
        sum += stats::binomial_probability(k, 60, p);
        CHECK_THAT(stats::binomial_cdf(k, 60, p), WithinAbs(sum, 1e-13));
    }
    CHECK(stats::binomial_cdf(-1, 60, p) == 0.0);
    CHECK(stats::binomial_probability(61, 60, p) == 0.0);
}

TEST_CASE("binomial matches R's pbinom at 250 days and 1 %") {
    CHECK_THAT(stats::binomial_cdf(4, 250, 0.01), WithinRel(0.8921876269036253, 1e-13));
    CHECK_THAT(stats::binomial_cdf(9, 250, 0.01), WithinRel(0.9997498099312595, 1e-13));
}

TEST_CASE("beta distribution") {
    CHECK_THAT(stats::beta_cdf(0.3, 1.0, 1.0).value(), WithinRel(0.3, 1e-14));
    // beta(1/2, 1/2) is the arcsine law: 2/pi asin(sqrt x).
    CHECK_THAT(stats::beta_cdf(0.5, 0.5, 0.5).value(), WithinRel(0.5, 1e-14));
    CHECK(stats::beta_cdf(0.0, 2.0, 3.0).value() == 0.0);
    CHECK(stats::beta_cdf(1.0, 2.0, 3.0).value() == 1.0);
    CHECK(stats::beta_cdf(1.1, 2.0, 3.0).error().code == Errc::out_of_domain);
    CHECK(stats::beta_cdf(0.5, 0.0, 3.0).error().code == Errc::out_of_domain);
}
