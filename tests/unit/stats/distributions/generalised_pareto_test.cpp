#include "stats/distributions/generalised_pareto.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "stats/distributions/random.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using stats::TailStatus;

namespace {

std::vector<double> sample(double shape, double scale, std::size_t n) {
    stats::Uniform uniform{17};
    std::vector<double> y(n);
    for (double& value : y) {
        const double depth = -std::log(uniform());
        value = scale * (shape == 0.0 ? depth : std::expm1(shape * depth) / shape);
    }
    return y;
}

double negative_log_likelihood(const stats::GeneralisedPareto& law, const std::vector<double>& y) {
    double sum = 0.0;
    for (const double value : y) {
        sum += std::log(law.scale) + (1.0 + 1.0 / law.shape) * std::log1p(law.shape * value / law.scale);
    }
    return sum;
}

}  // namespace

TEST_CASE("the fit finds the law that made the sample, within its own errors") {
    const double shape = GENERATE(-0.3, -0.1, 0.0, 0.3, 0.8, 1.5);
    const auto y = sample(shape, 2e-4, 5000);
    const auto fit = stats::fit_generalised_pareto(y).value();
    const auto errors = stats::observed_errors(fit.law, y).value();
    CHECK_THAT(fit.law.shape, WithinAbs(shape, 4.0 * errors.shape));
    CHECK_THAT(fit.law.scale, WithinAbs(2e-4, 4.0 * errors.scale));
    const auto expected = stats::expected_errors(fit.law, 5000).value();
    CHECK_THAT(errors.shape, WithinRel(expected.shape, 0.1));
    CHECK_THAT(errors.scale, WithinRel(expected.scale, 0.1));
}

TEST_CASE("no point around the fit is likelier") {
    const auto y = sample(0.4, 3.0, 150);
    const auto fit = stats::fit_generalised_pareto(y).value();
    CHECK_THAT(negative_log_likelihood(fit.law, y), WithinRel(fit.negative_log_likelihood, 1e-12));
    for (const double d : {-1e-3, 1e-3}) {
        CHECK(negative_log_likelihood({fit.law.shape + d, fit.law.scale}, y) > fit.negative_log_likelihood);
        CHECK(negative_log_likelihood({fit.law.shape, fit.law.scale + d}, y) > fit.negative_log_likelihood);
    }
}

TEST_CASE("the fit does not depend on the unit") {
    const auto y = sample(0.4, 1.0, 80);
    auto scaled = y;
    for (double& value : scaled) value *= 1e-7;
    const auto fit = stats::fit_generalised_pareto(y).value();
    const auto scaled_fit = stats::fit_generalised_pareto(scaled).value();
    CHECK_THAT(scaled_fit.law.shape, WithinRel(fit.law.shape, 1e-9));
    CHECK_THAT(scaled_fit.law.scale, WithinRel(1e-7 * fit.law.scale, 1e-9));
}

TEST_CASE("errors from curvature pass smoothly through shape 0") {
    const auto y = sample(0.0, 1.0, 400);
    const auto below = stats::observed_errors({0.99e-4, 1.0}, y).value();
    const auto above = stats::observed_errors({1.01e-4, 1.0}, y).value();
    CHECK_THAT(below.shape, WithinRel(above.shape, 1e-4));
    CHECK_THAT(below.scale, WithinRel(above.scale, 1e-4));
}

TEST_CASE("expected errors match evir") {
    const auto errors = stats::expected_errors({0.4968062436, 6.9745522646}, 109).value();
    CHECK_THAT(errors.shape, WithinRel(0.14336804, 1e-7));
    CHECK_THAT(errors.scale, WithinRel(1.1558484, 1e-7));
}

TEST_CASE("tail risk is continuous at shape 0 and matches the exponential there") {
    const auto at = [](double shape) {
        return stats::tail_risk({{shape, 0.012}, 0.03, 6146, 100}, 0.99).value();
    };
    CHECK_THAT(at(0.0).value_at_risk, WithinRel(0.03 - 0.012 * std::log(61.46 / 100.0), 1e-14));
    CHECK_THAT(at(0.0).expected_shortfall, WithinRel(at(0.0).value_at_risk + 0.012, 1e-14));
    CHECK_THAT(at(1e-12).value_at_risk, WithinRel(at(0.0).value_at_risk, 1e-12));
}

TEST_CASE("tail risk says where there is no figure") {
    const auto endless = stats::tail_risk({{1.05, 1.0}, 1.0, 1000, 50}, 0.99).value();
    CHECK(endless.status == TailStatus::infinite_mean);
    CHECK(endless.value_at_risk > 1.0);
    CHECK(std::isnan(endless.expected_shortfall));
    const auto body = stats::tail_risk({{0.2, 1.0}, 1.0, 1000, 50}, 0.9).value();
    CHECK(body.status == TailStatus::below_threshold);
    CHECK(std::isnan(body.value_at_risk));
    CHECK_THAT(stats::tail_risk({{0.2, 1.0}, 1.0, 1000, 50}, 0.95).value().value_at_risk,
               WithinAbs(1.0, 1e-12));
}

TEST_CASE("excesses are strict") {
    CHECK(stats::excesses(std::vector{1.0, 2.0, 3.5}, 2.0) == std::vector{1.5});
}

TEST_CASE("the tail refuses what it cannot fit") {
    CHECK(stats::fit_generalised_pareto(std::vector(4, 1.0)).error().code == Errc::not_enough_data);
    CHECK(stats::fit_generalised_pareto(std::vector{1.0, 2.0, 0.0, 3.0, 4.0}).error().code ==
          Errc::out_of_domain);
    CHECK(stats::fit_generalised_pareto(std::vector{1.0, 2.0, std::nan(""), 3.0, 4.0}).error().code ==
          Errc::out_of_domain);
    CHECK(stats::fit_generalised_pareto(std::vector(50, 1.0)).error().code == Errc::no_convergence);
    CHECK(stats::expected_errors({-0.5, 1.0}, 10).error().code == Errc::out_of_domain);
    CHECK(stats::tail_risk({{0.2, 1.0}, 1.0, 10, 11}, 0.99).error().code == Errc::out_of_domain);
    CHECK(stats::tail_risk({{0.2, 1.0}, 1.0, 10, 1}, 1.0).error().code == Errc::out_of_domain);
}
