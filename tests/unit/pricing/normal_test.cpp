#include "pricing/normal.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace tidemark::pricing;
using Catch::Matchers::WithinRel;

TEST_CASE("normal_cdf keeps its digits in the tail") {
    struct Case {
        double z, probability;
    };
    // mpmath 1.3, 40 digits: erfc(-z/sqrt(2))/2.
    const auto c = GENERATE(values<Case>({{-37.0, 5.725571222524577e-300},
                                          {-20.0, 2.753624118606233e-89},
                                          {-8.125, 2.236812064444105e-16},
                                          {-1.0, 0.15865525393145705},
                                          {-1e-5, 0.49999601057719605},
                                          {0.3, 0.6179114221889526},
                                          {5.0, 0.9999997133484281}}));
    INFO(c.z);
    CHECK_THAT(normal_cdf(c.z), WithinRel(c.probability, 2e-15));
}

TEST_CASE("normal functions at the ends of the line") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(normal_cdf(-infinity) == 0.0);
    CHECK(normal_cdf(infinity) == 1.0);
    CHECK(normal_pdf(1e200) == 0.0);
    CHECK(std::isnan(normal_cdf(std::nan(""))));
    CHECK(normal_quantile(0.0) == -infinity);
    CHECK(normal_quantile(1.0) == infinity);
    CHECK(std::isnan(normal_quantile(-0.1)));
    CHECK(std::isnan(normal_quantile(std::nan(""))));
}

TEST_CASE("normal_quantile undoes normal_cdf") {
    const double z = GENERATE(-30.0, -8.0, -2.5, -0.001, 0.7, 3.0);
    CHECK_THAT(normal_quantile(normal_cdf(z)), WithinRel(z, 1e-12));
}
