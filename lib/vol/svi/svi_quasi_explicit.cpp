#include "vol/svi/svi_quasi_explicit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "stats/optimise/minimise.hpp"
#include "vol/svi/svi_arbitrage.hpp"

namespace tidemark::vol {
namespace {

constexpr double least_sigma_share = 0.005;
constexpr int simplex_evaluations = 600;
constexpr std::size_t simplex_starts = 3;

/// The two slopes that are linear in w: rho b on k - m, and b on sqrt((k - m)^2 + sigma^2).
struct Slopes {
    double tilt = 0.0;  // rho b
    double bend = 0.0;  // b
};

/// Weighted means over the quotes of products of tilt's regressor x, bend's r and the variance w.
struct Moments {
    double x = 0.0, r = 0.0, w = 0.0;
    double xx = 0.0, xr = 0.0, rr = 0.0, xw = 0.0, rw = 0.0;
};

Moments moments(std::span<const VarianceQuote> quotes, double m, double sigma, const Moments& about) {
    Moments sum;
    double weight = 0.0;
    for (const VarianceQuote& quote : quotes) {
        const double distance = quote.log_moneyness - m;
        const double x = distance - about.x;
        const double r = std::sqrt(distance * distance + sigma * sigma) - about.r;
        const double w = quote.total_variance - about.w;
        weight += quote.weight;
        sum.x += quote.weight * x;
        sum.r += quote.weight * r;
        sum.w += quote.weight * w;
        sum.xx += quote.weight * x * x;
        sum.xr += quote.weight * x * r;
        sum.rr += quote.weight * r * r;
        sum.xw += quote.weight * x * w;
        sum.rw += quote.weight * r * w;
    }
    for (double* each : {&sum.x, &sum.r, &sum.w, &sum.xx, &sum.xr, &sum.rr, &sum.xw, &sum.rw})
        *each /= weight;
    return sum;
}

/// The squared error up to a constant.
double error_of(const Moments& about, Slopes s) {
    return s.tilt * (about.xx * s.tilt + 2.0 * about.xr * s.bend - 2.0 * about.xw) +
           s.bend * (about.rr * s.bend - 2.0 * about.rw);
}

bool is_allowed(Slopes s) {
    return std::abs(s.tilt) <= greatest_abs_rho * s.bend && s.bend + std::abs(s.tilt) <= lee_wing_bound;
}

/// The least error on the segment from one vertex to the next: a parabola, cut off at the ends.
Slopes best_on_edge(const Moments& about, Slopes from, Slopes to) {
    const Slopes along{to.tilt - from.tilt, to.bend - from.bend};
    const double downhill = (about.xw - about.xx * from.tilt - about.xr * from.bend) * along.tilt +
                            (about.rw - about.xr * from.tilt - about.rr * from.bend) * along.bend;
    const double curvature = about.xx * along.tilt * along.tilt + 2.0 * about.xr * along.tilt * along.bend +
                             about.rr * along.bend * along.bend;
    const double share = curvature > 0.0 ? std::clamp(downhill / curvature, 0.0, 1.0) : 0.0;
    return {from.tilt + share * along.tilt, from.bend + share * along.bend};
}

/// Convex, so if the free minimum is outside, the least is on one of the four edges.
Slopes best_slopes(const Moments& about) {
    const double determinant = about.xx * about.rr - about.xr * about.xr;
    if (determinant > 0.0) {
        const Slopes free{(about.xw * about.rr - about.rw * about.xr) / determinant,
                          (about.rw * about.xx - about.xw * about.xr) / determinant};
        if (is_allowed(free)) return free;
    }
    const double corner = lee_wing_bound / (1.0 + greatest_abs_rho);
    const std::array<Slopes, 4> vertices{Slopes{0.0, 0.0}, Slopes{greatest_abs_rho * corner, corner},
                                         Slopes{0.0, lee_wing_bound},
                                         Slopes{-greatest_abs_rho * corner, corner}};
    Slopes best;
    for (std::size_t i = 0; i < vertices.size(); ++i) {
        const Slopes edge = best_on_edge(about, vertices[i], vertices[(i + 1) % vertices.size()]);
        if (error_of(about, edge) < error_of(about, best)) best = edge;
    }
    return best;
}

SviRaw slice_of(double a, Slopes s, double m, double sigma) {
    return {.a = a, .b = s.bend, .rho = s.bend > 0.0 ? s.tilt / s.bend : 0.0, .m = m, .sigma = sigma};
}

std::pair<double, double> span_of(std::span<const VarianceQuote> quotes) {
    const auto [low, high] = std::ranges::minmax_element(quotes, {}, &VarianceQuote::log_moneyness);
    return {low->log_moneyness, high->log_moneyness};
}

struct Start {
    double error = 0.0;
    std::vector<double> at;  // m and ln sigma
};

std::vector<Start> best_starts(const stats::Objective& error, double low, double high) {
    std::vector<Start> starts;
    for (int i = 0; i <= 8; ++i) {
        for (const double share : {0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6}) {
            const std::vector<double> at{low + (high - low) * i / 8.0, std::log(share * (high - low))};
            starts.push_back({error(at), at});
        }
    }
    std::ranges::stable_sort(starts, {}, &Start::error);
    starts.resize(simplex_starts);
    return starts;
}

}  // namespace

double least_sigma(std::span<const VarianceQuote> quotes) {
    const auto [low, high] = span_of(quotes);
    return least_sigma_share * (high - low);
}

SviRaw quasi_explicit_slice(std::span<const VarianceQuote> quotes, double m, double sigma) {
    const Moments mean = moments(quotes, m, sigma, {});
    const Slopes slopes = best_slopes(moments(quotes, m, sigma, mean));
    const double a = mean.w - slopes.tilt * mean.x - slopes.bend * mean.r;
    const SviRaw free = slice_of(a, slopes, m, sigma);
    if (least_variance(free) >= 0.0) return free;
    return slice_of(0.0, best_slopes(mean), m, sigma);
}

Result<SviRaw> quasi_explicit_fit(std::span<const VarianceQuote> quotes) {
    if (quotes.empty() || !(least_sigma(quotes) > 0.0)) {
        return Error{Errc::not_enough_data, "an svi fit wants quotes at two strikes or more", "", 0};
    }
    const auto [low, high] = span_of(quotes);
    const double floor = least_sigma(quotes);
    const auto slice_at = [&](const std::vector<double>& at) {
        return quasi_explicit_slice(quotes, at[0], std::max(std::exp(at[1]), floor));
    };
    const stats::Objective error = [&](const std::vector<double>& at) {
        return weighted_squared_error(quotes, slice_at(at));
    };
    SviRaw best;
    double least = std::numeric_limits<double>::infinity();
    for (const Start& start : best_starts(error, low, high)) {
        const auto found = stats::nelder_mead(error, start.at, {0.1 * (high - low), 0.3}, simplex_tolerance,
                                              simplex_evaluations);
        const std::vector<double>& at = found ? found->at : start.at;
        const SviRaw slice = slice_at(at);
        if (const double value = weighted_squared_error(quotes, slice); value < least) {
            least = value;
            best = slice;
        }
    }
    return best;
}

}  // namespace tidemark::vol
