#include "stats/optimise/logistic_regression.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "stats/distributions/random.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

struct Sample {
    std::vector<std::vector<double>> rows;
    std::vector<int> outcomes;
};

Sample sample(std::size_t n) {
    stats::Uniform uniform{61};
    Sample out;
    for (std::size_t i = 0; i < n; ++i) {
        const double a = 4.0 * uniform() - 2.0, b = 4.0 * uniform() - 2.0, noise = uniform();
        out.rows.push_back({a, b, noise});
        out.outcomes.push_back(uniform() < 1.0 / (1.0 + std::exp(-(0.5 + 1.2 * a - 0.7 * b))) ? 1 : 0);
    }
    return out;
}

/// Slope of the mean log loss by coefficient j; the intercept is j = 0.
double slope(const Sample& data, const stats::LogisticRegression& fit, std::size_t j) {
    double sum = 0.0;
    for (std::size_t i = 0; i < data.rows.size(); ++i) {
        const double error = stats::logistic_probability(fit, data.rows[i]) - data.outcomes[i];
        sum += error * (j == 0 ? 1.0 : data.rows[i][j - 1]);
    }
    return sum / static_cast<double>(data.rows.size());
}

}  // namespace

TEST_CASE("the fit meets the conditions of an optimum under every penalty") {
    const Sample data = sample(300);
    const double l1_ratio = GENERATE(0.0, 0.4, 1.0);
    const double penalty = GENERATE(0.0, 0.02, 0.1, 10.0);
    const auto fit = stats::fit_logistic(data.rows, data.outcomes, {penalty, l1_ratio}).value();
    CHECK_THAT(slope(data, fit, 0), WithinAbs(0.0, 1e-8));
    for (std::size_t j = 1; j <= 3; ++j) {
        const double b = fit.coefficients[j - 1];
        const double pull = slope(data, fit, j) + penalty * (1.0 - l1_ratio) * b;
        const double by_l1 = penalty * l1_ratio;
        if (b == 0.0) {
            CHECK(std::abs(pull) <= by_l1 + 1e-8);
        } else {
            CHECK_THAT(pull, WithinAbs(b > 0.0 ? -by_l1 : by_l1, 1e-8));
        }
    }
}

TEST_CASE("lasso leaves out what says nothing and ridge never does") {
    const Sample data = sample(300);
    CHECK(stats::fit_logistic(data.rows, data.outcomes, {0.05, 1.0}).value().coefficients[2] == 0.0);
    CHECK(stats::fit_logistic(data.rows, data.outcomes, {0.05, 0.0}).value().coefficients[2] != 0.0);
}

TEST_CASE("one binary regressor is fitted by its table") {
    // 1 of 4 where it is 0, 3 of 4 where it is 1: intercept logit(1/4), coefficient logit(3/4) - logit(1/4).
    const Sample table{{{0}, {0}, {0}, {0}, {1}, {1}, {1}, {1}}, {1, 0, 0, 0, 1, 1, 1, 0}};
    const auto fit = stats::fit_logistic(table.rows, table.outcomes, {0.0, 0.0}).value();
    CHECK_THAT(fit.intercept, WithinRel(-std::log(3.0), 1e-7));
    CHECK_THAT(fit.coefficients[0], WithinRel(2.0 * std::log(3.0), 1e-7));
}

TEST_CASE("logistic regression refuses what has no finite answer") {
    const std::vector<std::vector<double>> rows{{0.0}, {1.0}};
    CHECK(stats::fit_logistic(rows, std::vector{0, 1}, {0.0, 0.0}).error().code == Errc::no_convergence);
    CHECK(stats::fit_logistic(rows, std::vector{1, 1}, {0.1, 0.0}).error().code == Errc::no_convergence);
    CHECK(stats::fit_logistic({}, {}, {0.1, 0.0}).error().code == Errc::not_enough_data);
    CHECK(stats::fit_logistic(rows, std::vector{0}, {0.1, 0.0}).error().code == Errc::out_of_domain);
    CHECK(stats::fit_logistic(rows, std::vector{0, 2}, {0.1, 0.0}).error().code == Errc::out_of_domain);
    CHECK(stats::fit_logistic(rows, std::vector{0, 1}, {-0.1, 0.0}).error().code == Errc::out_of_domain);
    CHECK(stats::fit_logistic({{0.0}, {1.0, 2.0}}, std::vector{0, 1}, {0.1, 0.0}).error().code ==
          Errc::out_of_domain);
    CHECK(stats::fit_logistic({{0.0}, {std::nan("")}}, std::vector{0, 1}, {0.1, 0.0}).error().code ==
          Errc::out_of_domain);
}
