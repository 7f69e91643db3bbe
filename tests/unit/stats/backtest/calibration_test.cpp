#include "stats/backtest/calibration.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "stats/distributions/random.hpp"

using namespace tidemark;
using Catch::Matchers::WithinRel;

TEST_CASE("hosmer-lemeshow worked by hand") {
    const std::vector<stats::RatingGrade> grades{{50, 0.02, 2}, {60, 0.1, 5}, {40, 0.3, 15}};
    // 1/0.98 + 1/5.4 + 9/8.4
    const auto test = stats::hosmer_lemeshow(grades, 3.0).value();
    CHECK_THAT(test.statistic, WithinRel(1.0 / 0.98 + 1.0 / 5.4 + 9.0 / 8.4, 1e-13));
    CHECK(stats::hosmer_lemeshow(grades, 1.0).value().p_value < test.p_value);
}

TEST_CASE("jeffreys p-value falls as defaults rise") {
    double last = 1.0;
    for (std::int64_t defaults = 0; defaults <= 30; ++defaults) {
        const double p = stats::jeffreys_p_value({1000, 0.01, defaults}).value();
        CHECK(p < last);
        last = p;
    }
    // Half the mass lies on either side where forecast and defaults are a half.
    CHECK_THAT(stats::jeffreys_p_value({10, 0.5, 5}).value(), WithinRel(0.5, 1e-13));
}

TEST_CASE("isotonic fit pools what falls") {
    const auto fit = stats::isotonic_fit(std::vector{1.0, 3.0, 2.0, 4.0, 3.5, 0.5, 6.0}).value();
    const std::vector<double> expected{1.0, 2.5, 2.5, 8.0 / 3.0, 8.0 / 3.0, 8.0 / 3.0, 6.0};
    for (std::size_t i = 0; i < fit.size(); ++i) CHECK_THAT(fit[i], WithinRel(expected[i], 1e-14));
}

TEST_CASE("isotonic fit rises, keeps the total, and beats the constant") {
    stats::Uniform uniform{53};
    std::vector<double> y(100), weights(100);
    for (double& value : y) value = uniform();
    for (double& w : weights) w = 0.1 + uniform();
    const auto fit = stats::isotonic_fit(y, weights).value();
    double total = 0.0, fitted = 0.0;
    for (std::size_t i = 0; i < y.size(); ++i) {
        total += weights[i] * y[i];
        fitted += weights[i] * fit[i];
        if (i > 0) CHECK(fit[i] >= fit[i - 1]);
    }
    CHECK_THAT(fitted, WithinRel(total, 1e-12));
    CHECK(stats::isotonic_fit(fit).value() == fit);
}

TEST_CASE("calibration refuses impossible grades") {
    const std::vector<stats::RatingGrade> impossible{{5, 0.1, 6}}, certain{{5, 1.0, 5}}, good{{5, 0.1, 1}};
    CHECK(stats::hosmer_lemeshow({}, 1.0).error().code == Errc::not_enough_data);
    CHECK(stats::hosmer_lemeshow(impossible, 1.0).error().code == Errc::out_of_domain);
    CHECK(stats::hosmer_lemeshow(certain, 1.0).error().code == Errc::out_of_domain);
    CHECK(stats::hosmer_lemeshow(good, 0.0).error().code == Errc::out_of_domain);
    CHECK(stats::jeffreys_p_value(impossible[0]).error().code == Errc::out_of_domain);
    CHECK(stats::jeffreys_p_value({5, std::nan(""), 1}).error().code == Errc::out_of_domain);
    CHECK(stats::isotonic_fit(std::vector{1.0, 2.0}, std::vector{1.0}).error().code == Errc::out_of_domain);
    CHECK(stats::isotonic_fit(std::vector{1.0}, std::vector{0.0}).error().code == Errc::out_of_domain);
    CHECK(stats::isotonic_fit({}).value().empty());
}
