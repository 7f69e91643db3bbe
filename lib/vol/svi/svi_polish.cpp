#include "vol/svi/svi_polish.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "vol/svi/svi_arbitrage.hpp"
#include "vol/svi/svi_quasi_explicit.hpp"

namespace tidemark::vol {
namespace {

constexpr int iterations = 200;
constexpr double first_damping = 1e-3;
constexpr double most_damping = 1e16;
constexpr double least_improvement = 1e-15;  // relative
constexpr double widest_sigma = 1e3;         // past it the smile is a parabola whatever its size

using Parameters = Eigen::Matrix<double, 5, 1>;  // a, b, rho, m, sigma
using Jacobian = Eigen::Matrix<double, Eigen::Dynamic, 5>;

Parameters parameters(const SviRaw& slice) {
    return {slice.a, slice.b, slice.rho, slice.m, slice.sigma};
}

/// The nearest slice, one parameter after another.
SviRaw projected(const Parameters& p, double sigma_floor) {
    SviRaw slice{.a = p[0],
                 .b = p[1],
                 .rho = std::clamp(p[2], -greatest_abs_rho, greatest_abs_rho),
                 .m = p[3],
                 .sigma = std::clamp(p[4], sigma_floor, widest_sigma)};
    slice.b = std::clamp(slice.b, 0.0, lee_wing_bound / (1.0 + std::abs(slice.rho)));
    slice.a = std::max(slice.a, slice.a - least_variance(slice));
    return slice;
}

Eigen::VectorXd residuals_of(std::span<const VarianceQuote> quotes, const SviRaw& slice) {
    Eigen::VectorXd out(static_cast<Eigen::Index>(quotes.size()));
    Eigen::Index row = 0;
    for (const VarianceQuote& quote : quotes) {
        const double error = total_variance(slice, quote.log_moneyness) - quote.total_variance;
        out[row++] = std::sqrt(quote.weight) * error;
    }
    return out;
}

Jacobian jacobian_of(std::span<const VarianceQuote> quotes, const SviRaw& slice) {
    Jacobian out(static_cast<Eigen::Index>(quotes.size()), 5);
    Eigen::Index row = 0;
    for (const VarianceQuote& quote : quotes) {
        const double x = quote.log_moneyness - slice.m;
        const double r = std::sqrt(x * x + slice.sigma * slice.sigma);
        const Parameters slopes{1.0, slice.rho * x + r, slice.b * x, -slice.b * (slice.rho + x / r),
                                slice.b * slice.sigma / r};
        out.row(row++) = std::sqrt(quote.weight) * slopes.transpose();
    }
    return out;
}

/// One damped Gauss-Newton step, by QR of the Jacobian over the damping.
Parameters damped_step(const Jacobian& jacobian, const Eigen::VectorXd& residuals, double damping) {
    const Eigen::Index n = jacobian.rows();
    Eigen::Matrix<double, Eigen::Dynamic, 5> system(n + 5, 5);
    Eigen::VectorXd target = Eigen::VectorXd::Zero(n + 5);
    const Parameters scale = jacobian.colwise().norm().transpose();
    system.topRows(n) = jacobian;
    system.bottomRows(5) = (std::sqrt(damping) * scale.cwiseMax(1e-12 * scale.maxCoeff())).asDiagonal();
    target.head(n) = -residuals;
    return system.colPivHouseholderQr().solve(target);
}

}  // namespace

SviRaw polish(std::span<const VarianceQuote> quotes, const SviRaw& start) {
    const double sigma_floor = std::min(least_sigma(quotes), start.sigma);
    SviRaw best = start;
    Eigen::VectorXd residuals = residuals_of(quotes, best);
    double least = residuals.squaredNorm();
    double damping = first_damping;
    for (int i = 0; i < iterations && damping < most_damping && least > 0.0; ++i) {
        const Parameters step = damped_step(jacobian_of(quotes, best), residuals, damping);
        if (!step.allFinite()) break;
        const SviRaw tried = projected(parameters(best) + step, sigma_floor);
        const Eigen::VectorXd tried_residuals = residuals_of(quotes, tried);
        const double error = tried_residuals.squaredNorm();
        if (!(error < least)) {
            damping *= 8.0;
            continue;
        }
        const bool settled = least - error <= least_improvement * least;
        best = tried;
        residuals = tried_residuals;
        least = error;
        damping *= 0.125;
        if (settled) break;
    }
    return best;
}

}  // namespace tidemark::vol
