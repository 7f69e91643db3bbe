#include "vol/svi/svi_free_fit.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

#include "stats/optimise/minimise.hpp"
#include "vol/svi/svi_arbitrage.hpp"
#include "vol/svi/svi_quasi_explicit.hpp"
#include "vol/svi/svi_repair.hpp"

namespace tidemark::vol {
namespace {

constexpr double free_tolerance = 1e-9;  // of both searches: the simplex, and the programming after it
constexpr int free_evaluations = 600;
constexpr int programming_evaluations = 300;
constexpr int rounds = 6;
constexpr int points_an_interval = 5;
constexpr double density_margin = 1e-5;  // what keeps the density above 0 between the points
constexpr double worst_density = 1e3;    // stands for a slice so far off that its density has no value
constexpr double wing_points[] = {1.25, 1.5,  2.0,  3.0,  5.0,
                                  8.0,  15.0, 30.0, 100.0};  // in spans of the quotes
constexpr int inner_points = 16;

using Point = std::vector<double>;

/// The five parameters as numbers of order 1: a and the wings over the level of variance, m and sigma over
/// the span of log-moneyness.
struct Scale {
    double variance = 1.0;
    double span = 1.0;
    double middle = 0.0;

    [[nodiscard]] SviRaw slice(const Point& x) const {
        return {.a = x[0] * variance,
                .b = x[1] * variance / span,
                .rho = x[2],
                .m = middle + x[3] * span,
                .sigma = span * std::exp(x[4])};
    }

    [[nodiscard]] Point point(const SviRaw& slice) const {
        return {slice.a / variance, slice.b * span / variance, slice.rho, (slice.m - middle) / span,
                std::log(slice.sigma / span)};
    }
};

Scale scale_of(std::span<const VarianceQuote> quotes) {
    const auto [low, high] = std::ranges::minmax_element(quotes, {}, &VarianceQuote::log_moneyness);
    double sum = 0.0;
    for (const VarianceQuote& quote : quotes) sum += quote.total_variance;
    return {.variance = sum / static_cast<double>(quotes.size()),
            .span = high->log_moneyness - low->log_moneyness,
            .middle = 0.5 * (low->log_moneyness + high->log_moneyness)};
}

using Value = std::function<double(const SviRaw& slice)>;

/// With the gradient by central differences: the functions are smooth and cost nanoseconds.
stats::SmoothObjective differenced(const Scale& scale, Value value) {
    return [scale, value = std::move(value)](const Point& at, Point& gradient) {
        constexpr double step = 1e-6;
        for (std::size_t i = 0; i < at.size(); ++i) {
            Point up = at, down = at;
            up[i] += step;
            down[i] -= step;
            gradient[i] = (value(scale.slice(up)) - value(scale.slice(down))) / (2.0 * step);
        }
        return value(scale.slice(at));
    };
}

double shortfall(const SviRaw& slice, double k) {
    const double density = butterfly_density(slice, k);
    return density_margin -
           (std::isfinite(density) ? std::clamp(density, -worst_density, worst_density) : -worst_density);
}

std::vector<stats::SmoothObjective> constraints(const Scale& scale, const std::vector<double>& points) {
    std::vector<stats::SmoothObjective> out;
    for (const double side : {-1.0, 1.0}) {
        out.push_back(differenced(scale, [side](const SviRaw& slice) {
            return slice.b * (1.0 + side * slice.rho) - lee_wing_bound;
        }));
    }
    out.push_back(differenced(scale, [scale](const SviRaw& slice) {
        return density_margin - least_variance(slice) / scale.variance;
    }));
    for (const double k : points) {
        out.push_back(differenced(scale, [k](const SviRaw& slice) { return shortfall(slice, k); }));
    }
    return out;
}

stats::Bounds bounds(double sigma_floor_in_spans) {
    constexpr double unbounded = std::numeric_limits<double>::infinity();
    return {.lower = {-unbounded, 0.0, -greatest_abs_rho, -20.0, std::log(sigma_floor_in_spans)},
            .upper = {unbounded, unbounded, greatest_abs_rho, 20.0, std::log(50.0)}};
}

Point clamped(Point at, const stats::Bounds& within) {
    for (std::size_t i = 0; i < at.size(); ++i) at[i] = std::clamp(at[i], within.lower[i], within.upper[i]);
    return at;
}

std::vector<double> first_points(const Scale& scale) {
    std::vector<double> points;
    for (int i = 0; i <= inner_points; ++i) {
        points.push_back(scale.middle + scale.span * (2.0 * i / inner_points - 1.0));
    }
    for (const double wing : wing_points) {
        points.push_back(scale.middle - wing * scale.span);
        points.push_back(scale.middle + wing * scale.span);
    }
    return points;
}

void add_points(std::vector<double>& points, const ButterflyCheck& found, const SviRaw& slice) {
    if (std::isfinite(found.least_density_at)) points.push_back(found.least_density_at);
    for (const MoneynessInterval& interval : found.negative) {
        const double reach = 10.0 * slice.sigma;
        const double from = std::isfinite(interval.from) ? interval.from : interval.to - reach;
        const double to = std::isfinite(interval.to) ? interval.to : from + reach;
        for (int i = 0; i < points_an_interval; ++i) {
            points.push_back(std::lerp(from, to, i / (points_an_interval - 1.0)));
        }
    }
}

/// From the whole space onto theta, rho and a share of the curvature that theorem 4.2 allows.
Result<SviRaw> ssvi_slice_at(const Point& at) {
    const double theta = std::exp(at[0]);
    const double rho = greatest_abs_rho * std::tanh(at[1]);
    const double share = 1.0 / (1.0 + std::exp(-at[2]));
    const double phi = share * steepest_free_phi(theta, rho);
    return from_natural({.delta = 0.0, .mu = 0.0, .rho = rho, .omega = theta, .zeta = phi});
}

/// The start where SLSQP finds no point.
SviRaw refitted(std::span<const VarianceQuote> quotes, const Scale& scale, const SviRaw& start,
                const std::vector<double>& points) {
    const double unit = std::max(weighted_squared_error(quotes, start), std::numeric_limits<double>::min());
    const auto error =
        differenced(scale, [&](const SviRaw& slice) { return weighted_squared_error(quotes, slice) / unit; });
    const stats::Bounds within = bounds(least_sigma(quotes) / scale.span);
    const auto found = stats::slsqp(error, clamped(scale.point(start), within), within,
                                    constraints(scale, points), free_tolerance, programming_evaluations);
    return found ? scale.slice(found->at) : start;
}

}  // namespace

Result<SviRaw> ssvi_slice_fit(std::span<const VarianceQuote> quotes) {
    if (quotes.empty() || !(least_sigma(quotes) > 0.0)) {
        return Error{Errc::not_enough_data, "an svi fit wants quotes at two strikes or more", "", 0};
    }
    const stats::Objective error = [&](const Point& at) {
        const auto slice = ssvi_slice_at(at);
        return slice ? weighted_squared_error(quotes, *slice) : std::numeric_limits<double>::infinity();
    };
    const double level = std::log(scale_of(quotes).variance);
    const auto found =
        stats::nelder_mead(error, {level, -0.2, 0.0}, {0.3, 0.3, 1.0}, free_tolerance, free_evaluations);
    if (!found) return found.error();
    return ssvi_slice_at(found->at);
}

Result<SviRaw> free_fit(std::span<const VarianceQuote> quotes) {
    const auto anchor = ssvi_slice_fit(quotes);
    if (!anchor) return anchor;
    const Scale scale = scale_of(quotes);
    std::vector<double> points = first_points(scale);
    SviRaw best = *anchor;
    SviRaw tried = best;
    for (int i = 0; i < rounds; ++i) {
        tried = refitted(quotes, scale, tried, points);
        const auto found = check_butterfly(tried);
        if (!found) break;
        const SviRaw free = nearest_free_slice(tried, best);
        if (weighted_squared_error(quotes, free) < weighted_squared_error(quotes, best)) best = free;
        if (found->arbitrage_free) break;
        add_points(points, *found, tried);
    }
    return best;
}

}  // namespace tidemark::vol
