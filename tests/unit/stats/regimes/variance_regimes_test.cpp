#include "stats/regimes/variance_regimes.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "stats/distributions/normal.hpp"
#include "stats/distributions/random.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

std::vector<double> switching_returns(double unit, std::size_t n) {
    stats::Uniform uniform{23};
    std::vector<double> returns(n);
    bool wild = false;
    for (double& r : returns) {
        wild = wild ? uniform() < 0.9 : uniform() < 0.03;
        r = unit * (0.05 + (wild ? 3.0 : 1.0) * stats::normal_quantile(uniform()).value());
    }
    return returns;
}

}  // namespace

TEST_CASE("the fit finds the regimes that made the sample") {
    const auto fit = stats::fit_variance_regimes(switching_returns(0.01, 4000)).value();
    CHECK(fit.converged);
    CHECK_THAT(std::sqrt(fit.model.variances[0]), WithinRel(0.01, 0.05));
    CHECK_THAT(std::sqrt(fit.model.variances[1]), WithinRel(0.03, 0.08));
    CHECK_THAT(fit.model.chain.first_to_first, WithinAbs(0.97, 0.01));
    CHECK_THAT(fit.model.chain.second_to_first, WithinAbs(0.1, 0.03));
}

TEST_CASE("no model around the fit is likelier") {
    const auto returns = switching_returns(1.0, 800);
    const auto fit = stats::fit_variance_regimes(returns).value();
    const auto log_likelihood = [&](const stats::VarianceRegimes& model) {
        return stats::filter_variance_regimes(returns, model).value().log_likelihood;
    };
    CHECK_THAT(log_likelihood(fit.model), WithinRel(fit.log_likelihood, 1e-14));
    for (const double factor : {0.99, 1.01}) {
        auto mean = fit.model, calm = fit.model, wild = fit.model, stay = fit.model, leave = fit.model;
        mean.mean += 0.01 * (factor - 1.0) * 100.0;
        calm.variances[0] *= factor;
        wild.variances[1] *= factor;
        stay.chain.first_to_first = 1.0 - factor * (1.0 - stay.chain.first_to_first);
        leave.chain.second_to_first *= factor;
        for (const auto& model : {mean, calm, wild, stay, leave}) {
            CHECK(log_likelihood(model) < fit.log_likelihood);
        }
    }
}

TEST_CASE("the fit is in the returns' own unit") {
    const auto fit = stats::fit_variance_regimes(switching_returns(1.0, 800)).value();
    const auto small = stats::fit_variance_regimes(switching_returns(1e-4, 800)).value();
    CHECK_THAT(small.model.variances[1], WithinRel(1e-8 * fit.model.variances[1], 1e-4));
    CHECK_THAT(small.log_likelihood, WithinRel(fit.log_likelihood + 800.0 * std::log(1e4), 1e-9));
}

TEST_CASE("the fit refuses samples without regimes") {
    CHECK(stats::fit_variance_regimes(std::vector(49, 1.0)).error().code == Errc::not_enough_data);
    CHECK(stats::fit_variance_regimes(std::vector(60, 1.0)).error().code == Errc::out_of_domain);
    CHECK(stats::fit_variance_regimes(std::vector(60, std::nan(""))).error().code == Errc::out_of_domain);
    CHECK(stats::filter_variance_regimes(std::vector{1.0}, {0.0, {1.0, 0.0}, {0.9, 0.1}}).error().code ==
          Errc::out_of_domain);
}
