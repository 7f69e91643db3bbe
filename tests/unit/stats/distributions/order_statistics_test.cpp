#include "stats/distributions/order_statistics.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "stats/distributions/random.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("quantile interpolates as R's type 7") {
    // R 4.2: quantile(c(3, 1, 10, 2), c(0, .1, .5, .9, 1)) gives 1.0 1.3 2.5 7.9 10.0.
    const std::vector<double> sample{3.0, 1.0, 10.0, 2.0};
    const auto [p, value] = GENERATE(
        values<std::pair<double, double>>({{0.0, 1.0}, {0.1, 1.3}, {0.5, 2.5}, {0.9, 7.9}, {1.0, 10.0}}));
    CHECK_THAT(stats::quantile(sample, p).value(), WithinRel(value, 1e-14));
}

TEST_CASE("quantile agrees with sorting") {
    stats::Uniform uniform{11};
    std::vector<double> sample(101);
    for (double& x : sample) x = uniform();
    std::vector<double> sorted = sample;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        CHECK_THAT(stats::quantile(sample, static_cast<double>(i) / 100.0).value(),
                   WithinAbs(sorted[i], 1e-14));
    }
}

TEST_CASE("quantile refuses what has none") {
    const std::vector<double> sample{1.0, 2.0};
    CHECK(stats::quantile({}, 0.5).error().code == Errc::not_enough_data);
    CHECK(stats::quantile(sample, 1.5).error().code == Errc::out_of_domain);
    CHECK(stats::quantile(sample, std::nan("")).error().code == Errc::out_of_domain);
    CHECK(stats::quantile(std::vector{1.0, std::nan("")}, 0.5).error().code == Errc::out_of_domain);
}

TEST_CASE("median absolute deviation ignores one wild value") {
    CHECK(stats::median_absolute_deviation(std::vector{1.0, 2.0, 3.0, 4.0, 1e9}).value() == 1.0);
    CHECK(stats::median_absolute_deviation(std::vector{5.0, 5.0}).value() == 0.0);
}

TEST_CASE("tail means") {
    const std::vector<double> sample{4.0, -3.0, 1.0, -1.0};
    CHECK(stats::mean_of_smallest(sample, 2).value() == -2.0);
    CHECK(stats::mean_of_smallest(sample, 4).value() == 0.25);
    CHECK(stats::mean_at_or_below(sample, -1.0).value() == -2.0);
    CHECK(stats::mean_of_smallest(sample, 0).error().code == Errc::out_of_domain);
    CHECK(stats::mean_of_smallest(sample, 5).error().code == Errc::out_of_domain);
    CHECK(stats::mean_at_or_below(sample, -4.0).error().code == Errc::not_enough_data);
}
