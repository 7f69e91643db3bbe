#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/errors.hpp"
#include "stats/distributions/generalised_pareto.hpp"

namespace tidemark::stats {
namespace {

/// Second derivatives of the negative log likelihood of one excess or of many.
struct Curvature {
    double shape_shape = 0.0;
    double shape_scale = 0.0;
    double scale_scale = 0.0;
};

/// ln b + (1 + 1/xi) ln(1 + xi y/b), differentiated twice.
Curvature curvature(const GeneralisedPareto& law, double y) {
    const double xi = law.shape, b = law.scale;
    const double z = xi * y / b;
    const double r = z / (1.0 + z), s = r / (1.0 + z);
    const double log_growth = std::log1p(z);
    const double weight = 1.0 + 1.0 / xi;
    return {2.0 * log_growth / (xi * xi * xi) + (s - r) / (xi * xi) + (s - 3.0 * r) / (xi * xi * xi),
            r / (xi * xi * b) - weight * s / (xi * b), (weight * (r + s) - 1.0) / (b * b)};
}

/// The same to first order in xi, where the formula above cancels.
Curvature curvature_near_zero(const GeneralisedPareto& law, double y) {
    const double xi = law.shape, b = law.scale;
    const double x = y / b;
    const double x2 = x * x, x3 = x2 * x, x4 = x3 * x;
    return {-x2 + 2.0 * x3 / 3.0 + 6.0 * xi * (x3 / 3.0 - x4 / 4.0), (x2 - x + 2.0 * xi * (x2 - x3)) / b,
            (2.0 * x - 1.0 + xi * (2.0 * x - 3.0 * x2)) / (b * b)};
}

}  // namespace

Result<ParetoErrors> observed_errors(const GeneralisedPareto& law, std::span<const double> excesses) {
    Curvature total;
    for (const double y : excesses) {
        const Curvature one = std::abs(law.shape) < 1e-4 ? curvature_near_zero(law, y) : curvature(law, y);
        total.shape_shape += one.shape_shape;
        total.shape_scale += one.shape_scale;
        total.scale_scale += one.scale_scale;
    }
    const double determinant = total.shape_shape * total.scale_scale - total.shape_scale * total.shape_scale;
    if (!(determinant > 0.0 && total.shape_shape > 0.0)) {
        return no_convergence("the likelihood has no minimum there: no standard errors");
    }
    return ParetoErrors{std::sqrt(total.scale_scale / determinant),
                        std::sqrt(total.shape_shape / determinant)};
}

Result<ParetoErrors> expected_errors(const GeneralisedPareto& law, std::size_t count) {
    if (!(law.shape > -0.5) || count == 0) {
        return out_of_domain(fmt::format("standard errors exist for shapes above -1/2, got {}", law.shape));
    }
    const auto n = static_cast<double>(count);
    return ParetoErrors{(1.0 + law.shape) / std::sqrt(n), law.scale * std::sqrt(2.0 * (1.0 + law.shape) / n)};
}

std::string_view tail_status_name(TailStatus status) {
    switch (status) {
        case TailStatus::ok:
            return "ok";
        case TailStatus::infinite_mean:
            return "infinite_mean";
        case TailStatus::below_threshold:
            return "below_threshold";
    }
    return "ok";
}

Result<TailRisk> tail_risk(const PeaksOverThreshold& tail, double q) {
    const bool counted = tail.count >= 1 && tail.count <= tail.total;
    if (!(q > 0.0 && q < 1.0 && tail.law.scale > 0.0 && counted)) {
        return out_of_domain(
            fmt::format("want 0 < q < 1, scale > 0, 1 <= count <= total; got {}, {}, {} of {}", q,
                        tail.law.scale, tail.count, tail.total));
    }
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const double xi = tail.law.shape, beta = tail.law.scale;
    const double odds = (1.0 - q) * static_cast<double>(tail.total) / static_cast<double>(tail.count);
    if (odds > 1.0 + 1e-12) return TailRisk{TailStatus::below_threshold, none, none};
    const double depth = -std::log(std::min(odds, 1.0));  // q = 1 - n/N comes out just past 1
    const double value_at_risk =
        tail.threshold + (xi == 0.0 ? beta * depth : beta * std::expm1(xi * depth) / xi);
    if (xi >= 1.0) return TailRisk{TailStatus::infinite_mean, value_at_risk, none};
    return TailRisk{TailStatus::ok, value_at_risk, (value_at_risk + beta - xi * tail.threshold) / (1.0 - xi)};
}

}  // namespace tidemark::stats
