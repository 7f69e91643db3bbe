#include "stats/optimise/quantile_regression.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "stats/distributions/random.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

/// Least objective over every line through two points: an optimum is always among them.
double best_line(const std::vector<double>& x, const std::vector<double>& y, double tau) {
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (x[i] == x[j]) continue;
            const double slope = (y[i] - y[j]) / (x[i] - x[j]);
            double objective = 0.0;
            for (std::size_t k = 0; k < x.size(); ++k) {
                objective += stats::pinball(y[k], y[i] + slope * (x[k] - x[i]), tau);
            }
            best = std::min(best, objective);
        }
    }
    return best;
}

}  // namespace

TEST_CASE("pinball leans by tau") {
    CHECK_THAT(stats::pinball(3.0, 2.0, 0.99), WithinRel(0.99, 1e-14));
    CHECK_THAT(stats::pinball(1.0, 2.0, 0.99), WithinRel(0.01, 1e-13));
    CHECK(stats::pinball(2.0, 2.0, 0.99) == 0.0);
}

TEST_CASE("quantile regression is as good as the best of all lines, ties or none") {
    stats::Uniform uniform{31};
    const bool tied = GENERATE(false, true);
    for (int repeat = 0; repeat < 60; ++repeat) {
        const std::size_t n = 6 + uniform.below(20);
        std::vector<double> x(n), y(n);
        for (double& value : x) value = tied ? static_cast<double>(uniform.below(4)) : uniform();
        for (double& value : y) value = tied ? static_cast<double>(uniform.below(3)) : uniform();
        const double tau = uniform();
        const auto fit = stats::quantile_regression(y, {x}, tau);
        if (!fit) continue;  // all x equal
        CHECK_THAT(fit->objective, WithinAbs(best_line(x, y, tau), 1e-8));
    }
}

TEST_CASE("without regressors it is the sample quantile") {
    const std::vector<double> y{5.0, 1.0, 4.0, 2.0, 3.0};
    CHECK(stats::quantile_regression(y, {}, 0.5).value().coefficients[0] == 3.0);
    CHECK(stats::quantile_regression(y, {}, 0.9).value().coefficients[0] == 5.0);
}

TEST_CASE("points on a plane are fitted exactly, whatever the quantile") {
    stats::Uniform uniform{37};
    std::vector<double> a(50), b(50), y(50);
    for (std::size_t i = 0; i < y.size(); ++i) {
        a[i] = uniform();
        b[i] = 1e3 * uniform();
        y[i] = 2.0 - 3.0 * a[i] + 0.5 * b[i];
    }
    const double tau = GENERATE(0.01, 0.5, 0.99);
    const auto fit = stats::quantile_regression(y, {a, b}, tau).value();
    CHECK_THAT(fit.coefficients[0], WithinRel(2.0, 1e-9));
    CHECK_THAT(fit.coefficients[1], WithinRel(-3.0, 1e-9));
    CHECK_THAT(fit.coefficients[2], WithinRel(0.5, 1e-12));
}

TEST_CASE("the share below the fit is the quantile asked for") {
    stats::Uniform uniform{41};
    std::vector<double> x(1000), y(1000);
    for (std::size_t i = 0; i < y.size(); ++i) {
        x[i] = uniform();
        y[i] = x[i] + (1.0 + x[i]) * uniform();
    }
    const double tau = GENERATE(0.05, 0.5, 0.9);
    const auto fit = stats::quantile_regression(y, {x}, tau).value();
    int below = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
        below += y[i] < fit.coefficients[0] + fit.coefficients[1] * x[i] - 1e-9 ? 1 : 0;
    }
    CHECK_THAT(below, WithinAbs(1000.0 * tau, 2.0));  // as many as coefficients lie on it
}

TEST_CASE("quantile regression refuses what has no answer") {
    const std::vector<double> y{1.0, 2.0, 3.0};
    CHECK(stats::quantile_regression(y, {{1.0, 2.0}}, 0.5).error().code == Errc::out_of_domain);
    CHECK(stats::quantile_regression(y, {{1.0, 1.0, 1.0}}, 0.5).error().code == Errc::no_convergence);
    CHECK(stats::quantile_regression(y, {{1.0, std::nan(""), 1.0}}, 0.5).error().code == Errc::out_of_domain);
    CHECK(stats::quantile_regression(y, {{1.0, 2.0, 4.0}}, 1.0).error().code == Errc::out_of_domain);
    CHECK(stats::quantile_regression(std::vector{1.0}, {{1.0}}, 0.5).error().code == Errc::not_enough_data);
}
