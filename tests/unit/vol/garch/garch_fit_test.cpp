#include "vol/garch/garch_fit.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "unit/vol/bars.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using vol::FitStatus;
using vol::GarchModel;
using vol::Innovation;

namespace {

/// A series that the model with these parameters might have given.
std::vector<double> simulated(GarchModel model, const vol::GarchParameters& p, std::size_t count) {
    test::Normals normal{2024};
    std::vector<double> returns;
    double h = model == GarchModel::egarch ? std::exp(p.omega / (1.0 - p.beta))
                                           : p.omega / (1.0 - vol::persistence(model, p));
    while (returns.size() < count) {
        double z = normal();
        if (p.nu > 0.0) {  // Student with whole degrees of freedom, scaled to variance 1
            double chi2 = 0.0;
            for (int i = 0; i < static_cast<int>(p.nu); ++i) {
                const double g = normal();
                chi2 += g * g;
            }
            z *= std::sqrt((p.nu - 2.0) / chi2);
        }
        const double e = std::sqrt(h) * z;
        returns.push_back(p.mu + e);
        h = model == GarchModel::egarch
                ? std::exp(p.omega + p.alpha * (std::abs(z) - std::sqrt(2.0 / std::numbers::pi)) +
                           p.gamma * z + p.beta * std::log(h))
                : p.omega + p.alpha * e * e + (e < 0.0 ? p.gamma * e * e : 0.0) + p.beta * h;
    }
    return returns;
}

vol::GarchParameters truth(GarchModel model, Innovation innovation) {
    const double nu = innovation == Innovation::student_t ? 6.0 : 0.0;
    if (model == GarchModel::egarch) return {0.02, -0.01, 0.2, -0.06, 0.95, nu};
    return {0.02, 0.03, 0.08, model == GarchModel::gjr ? 0.06 : 0.0, 0.85, nu};
}

}  // namespace

TEST_CASE("a fit finds the parameters a long series was made with") {
    const auto model = GENERATE(GarchModel::garch, GarchModel::gjr, GarchModel::egarch);
    const auto innovation = GENERATE(Innovation::normal, Innovation::student_t);
    const vol::GarchSpec spec{model, innovation};
    const auto made_with = truth(model, innovation);
    const auto fit = vol::garch_fit(simulated(model, made_with, 20'000), spec).value();
    REQUIRE(fit.status == FitStatus::converged);
    REQUIRE(fit.errors);
    const auto places = vol::free_parameters(spec);
    for (std::size_t i = 0; i < places.size(); ++i) {
        INFO(vol::garch_parameter_names[places[i]]);
        const double got = vol::to_vector(fit.parameters)[places[i]];
        CHECK(std::abs(got - vol::to_vector(made_with)[places[i]]) < 4.0 * fit.errors->hessian[i]);
        // The model is the true one, so the three kinds of error estimate one number.
        CHECK_THAT(fit.errors->outer_product[i], WithinRel(fit.errors->hessian[i], 0.25));
        CHECK_THAT(fit.errors->sandwich[i], WithinRel(fit.errors->hessian[i], 0.25));
    }
    CHECK(fit.scaled_gradient < 1e-3);
}

TEST_CASE("a fit does not depend on the unit of the returns") {
    const auto model = GENERATE(GarchModel::garch, GarchModel::gjr, GarchModel::egarch);
    const auto returns = simulated(model, truth(model, Innovation::normal), 1500);
    auto small = returns;
    for (double& y : small) y *= 1e-4;
    const auto fit = vol::garch_fit(returns, {model}).value();
    const auto fit_small = vol::garch_fit(small, {model}).value();
    CHECK_THAT(fit_small.parameters.mu, WithinRel(1e-4 * fit.parameters.mu, 1e-6));
    CHECK_THAT(fit_small.parameters.alpha, WithinRel(fit.parameters.alpha, 1e-7));
    CHECK_THAT(fit_small.parameters.beta, WithinRel(fit.parameters.beta, 1e-7));
    CHECK_THAT(fit_small.next_variance, WithinRel(1e-8 * fit.next_variance, 1e-7));
    CHECK_THAT(fit_small.log_likelihood, WithinAbs(fit.log_likelihood + 1500 * std::log(1e4), 1e-6));
    for (std::size_t i = 2; i < fit.errors->sandwich.size(); ++i) {
        CHECK_THAT(fit_small.errors->sandwich[i], WithinRel(fit.errors->sandwich[i], 1e-5));
    }
}

TEST_CASE("no neighbour of an optimum is more likely") {
    const auto model = GENERATE(GarchModel::garch, GarchModel::gjr);
    const auto innovation = GENERATE(Innovation::normal, Innovation::student_t);
    const vol::GarchSpec spec{model, innovation, vol::GarchStart::backcast};
    const auto returns = simulated(model, truth(model, innovation), 1000);
    const auto fit = vol::garch_fit(returns, spec).value();
    for (const std::size_t i : vol::free_parameters(spec)) {
        for (const double by : {-1e-3, 1e-3}) {
            auto moved = vol::to_vector(fit.parameters);
            moved[i] *= 1.0 + by;
            CHECK(vol::garch_filter(returns, spec, vol::to_parameters(moved)).value().log_likelihood <
                  fit.log_likelihood);
        }
    }
}

TEST_CASE("a series without memory ends on the bound and says which") {
    // A spike train whose squares alternate: alpha can only be 0.
    std::vector<double> returns;
    returns.reserve(400);
    for (int i = 0; i < 400; ++i) returns.push_back((i % 2 == 0 ? 1.0 : 0.1) * (i % 4 < 2 ? 1.0 : -1.0));
    const auto fit = vol::garch_fit(returns).value();
    CHECK(fit.status == FitStatus::boundary);
    CHECK(std::find(fit.binding.begin(), fit.binding.end(), "alpha") != fit.binding.end());
    CHECK_FALSE(fit.errors);
}

TEST_CASE("persistence is kept at 1 where asked for, and the bound is named") {
    // Made with persistence above 1, which no stationary fit can match.
    const vol::GarchParameters explosive{0.0, 0.001, 0.2, 0.0, 0.82, 0.0};
    std::vector<double> returns;
    test::Normals normal{5};
    double h = 0.01;
    for (int i = 0; i < 1000; ++i) {
        const double e = std::sqrt(h) * normal();
        returns.push_back(e);
        h = explosive.omega + explosive.alpha * e * e + explosive.beta * h;
    }
    vol::GarchSpec spec;
    const auto free = [&] {
        spec.stationary = false;
        return vol::garch_fit(returns, spec).value();
    }();
    spec.stationary = true;
    const auto kept = vol::garch_fit(returns, spec).value();
    CHECK(kept.persistence <= 1.0 + 1e-9);
    CHECK(free.log_likelihood >= kept.log_likelihood - 1e-9);
    REQUIRE(free.persistence > 1.0);
    CHECK(kept.status == FitStatus::boundary);
    CHECK(kept.binding == std::vector<std::string_view>{"persistence"});
}

TEST_CASE("zero_mean holds mu at 0") {
    const auto returns = simulated(GarchModel::garch, truth(GarchModel::garch, Innovation::normal), 800);
    vol::GarchSpec spec;
    spec.zero_mean = true;
    const auto fit = vol::garch_fit(returns, spec).value();
    CHECK(fit.parameters.mu == 0.0);
    CHECK(fit.errors->hessian.size() == 3);
}

TEST_CASE("series that cannot be fitted are refused") {
    std::vector<double> returns(200, 0.01);
    CHECK(vol::garch_fit(returns).error().code == Errc::out_of_domain);
    CHECK(vol::garch_fit(std::span{returns}.first(99)).error().code == Errc::not_enough_data);
    returns[7] = std::numeric_limits<double>::infinity();
    CHECK(vol::garch_fit(returns).error().code == Errc::out_of_range);
}
