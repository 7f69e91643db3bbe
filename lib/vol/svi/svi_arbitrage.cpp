#include "vol/svi/svi_arbitrage.hpp"

#include <algorithm>
#include <array>
#include <boost/math/tools/minima.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <span>

#include "stats/optimise/polynomial.hpp"
#include "stats/quiet.hpp"

namespace tidemark::vol {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double density_rounding = 1e-12;
constexpr double calendar_rounding = 1e-12;
constexpr int samples_to_least = 400;  // to start a minimiser from; no verdict hangs on them
constexpr double wing_reach = 20.0;    // asinh((k - m)/sigma) where every slice is straight

using Function = std::function<double(double)>;

template <std::size_t N, std::size_t M>
std::array<double, N + M - 1> product(const std::array<double, N>& x, const std::array<double, M>& y) {
    std::array<double, N + M - 1> out{};
    for (std::size_t i = 0; i < N; ++i) {
        for (std::size_t j = 0; j < M; ++j) out[i + j] += x[i] * y[j];
    }
    return out;
}

/// 64 t^2 (1 + t^2)^3 w^2 g over t = e^u, where k = m + sigma sinh(u):
///     w = W/(2t), k = K/(2t), w' = b P/(1 + t^2), w'' = 8 b t^3/(sigma (1 + t^2)^3).
std::array<double, 11> density_polynomial(const SviRaw& slice) {
    const double scale = slice.b * slice.sigma;
    const std::array<double, 3> one_plus{1.0, 0.0, 1.0};
    const std::array<double, 3> w{scale * (1.0 - slice.rho), 2.0 * slice.a, scale * (1.0 + slice.rho)};
    const std::array<double, 3> k{-slice.sigma, 2.0 * slice.m, slice.sigma};
    const std::array<double, 3> p{slice.b * (slice.rho - 1.0), 0.0, slice.b * (slice.rho + 1.0)};
    auto straight = product(w, one_plus);
    const auto turned = product(k, p);
    for (std::size_t i = 0; i < straight.size(); ++i) straight[i] = 2.0 * straight[i] - turned[i];
    auto w_terms = product(w, w);
    const auto bend = w_terms;
    for (std::size_t i = 0; i < w.size(); ++i) w_terms[i + 1] += 8.0 * w[i];
    auto out = product(product(straight, straight), one_plus);
    for (double& c : out) c *= 4.0;
    const auto second = product(product(product(p, p), w_terms), one_plus);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] -= second[i];
    for (std::size_t i = 0; i < bend.size(); ++i) out[i + 3] += 64.0 * slice.b / slice.sigma * bend[i];
    return out;
}

/// A root of f between two points where its signs differ.
double root_between(const Function& f, double low, double high) {
    boost::uintmax_t evaluations = 200;
    const auto bracket = boost::math::tools::toms748_solve(
        f, low, high, boost::math::tools::eps_tolerance<double>{}, evaluations, stats::Quiet{});
    return 0.5 * (bracket.first + bracket.second);
}

struct Least {
    double at = 0.0;
    double value = infinity;
};

Least least_between(const Function& f, double low, double high) {
    Least best;
    const double step = (high - low) / samples_to_least;
    for (int i = 0; i <= samples_to_least; ++i) {
        const double at = low + step * i;
        if (const double value = f(at); value < best.value) best = {at, value};
    }
    if (!(step > 0.0)) return best;
    const auto [at, value] = boost::math::tools::brent_find_minima(f, std::max(low, best.at - step),
                                                                   std::min(high, best.at + step), 40);
    return value < best.value ? Least{at, value} : best;
}

/// The intervals of the line where f < 0, given candidates between which its sign cannot change.
std::vector<MoneynessInterval> negative_intervals(const Function& f, const std::vector<double>& candidates,
                                                  double reach) {
    std::vector<double> probes{candidates.empty() ? 0.0 : candidates.front() - reach};
    for (std::size_t i = 1; i < candidates.size(); ++i) {
        probes.push_back(0.5 * (candidates[i - 1] + candidates[i]));
    }
    if (!candidates.empty()) probes.push_back(candidates.back() + reach);
    std::vector<MoneynessInterval> found;
    bool inside = f(probes.front()) < 0.0;
    if (inside) found.push_back({-infinity, infinity});
    for (std::size_t i = 1; i < probes.size(); ++i) {
        if ((f(probes[i]) < 0.0) == inside) continue;
        const double edge = root_between(f, probes[i - 1], probes[i]);
        if (inside) found.back().to = edge;
        if (!inside) found.push_back({edge, infinity});
        inside = !inside;
    }
    return found;
}

/// The slice's own unit of k, in which its bend spans a few units and its wings are reached.
double u_at(const SviRaw& slice, double k) {
    return std::asinh((k - slice.m) / slice.sigma);
}
double k_at(const SviRaw& slice, double u) {
    return slice.m + slice.sigma * std::sinh(u);
}

Least least_density_between(const SviRaw& slice, double from, double to) {
    const auto density = [&](double u) { return butterfly_density(slice, k_at(slice, u)); };
    const double low = std::max(u_at(slice, from), -wing_reach);
    const double high = std::min(u_at(slice, to), wing_reach);
    const Least least = least_between(density, low, high);
    return {k_at(slice, least.at), least.value};
}

/// Where w grows as slope |k|, g goes to 1/4 - slope^2/16; where w goes to a level, to 1.
double density_limit(double slope_of_wing) {
    return slope_of_wing > 0.0 ? 0.25 - slope_of_wing * slope_of_wing / 16.0 : 1.0;
}

Least least_density(const SviRaw& slice) {
    Least least = least_density_between(slice, -infinity, infinity);
    const double put_wing = density_limit(slice.b * (1.0 - slice.rho));
    const double call_wing = density_limit(slice.b * (1.0 + slice.rho));
    if (put_wing < least.value) least = {-infinity, put_wing};
    if (call_wing < least.value) least = {infinity, call_wing};
    return least;
}

std::vector<double> density_root_candidates(const SviRaw& slice) {
    std::vector<double> candidates = stats::positive_roots(density_polynomial(slice));
    for (double& root : candidates) root = k_at(slice, std::log(root));
    return candidates;
}

/// Wherever w1 = w2: with L linear, L + b1 R1 = b2 R2, squared twice, is a quartic in k.
std::array<double, 5> crossing_polynomial(const SviRaw& x, const SviRaw& y) {
    const std::array<double, 2> line{x.a - y.a - x.b * x.rho * x.m + y.b * y.rho * y.m,
                                     x.b * x.rho - y.b * y.rho};
    const auto square = [](const SviRaw& slice) {
        const double b2 = slice.b * slice.b;
        return std::array<double, 3>{b2 * (slice.m * slice.m + slice.sigma * slice.sigma),
                                     -2.0 * b2 * slice.m, b2};
    };
    const auto line_square = product(line, line);
    const auto x_square = square(x);
    auto rest = square(y);
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= line_square[i] + x_square[i];
    auto out = product(rest, rest);
    const auto mixed = product(line_square, x_square);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] -= 4.0 * mixed[i];
    return out;
}

}  // namespace

double butterfly_density(const SviRaw& slice, double log_moneyness) {
    const SviSlope at = slope(slice, log_moneyness);
    const double straight = 1.0 - log_moneyness * at.first / (2.0 * at.w);
    return straight * straight - 0.25 * at.first * at.first * (1.0 / at.w + 0.25) + 0.5 * at.second;
}

double wing_slope(const SviRaw& slice) {
    return slice.b * (1.0 + std::abs(slice.rho));
}

Result<ButterflyCheck> check_butterfly(const SviRaw& slice) {
    if (const Status checked = check(slice); !checked) return checked.error();
    const Function density = [&](double k) { return butterfly_density(slice, k); };
    ButterflyCheck result;
    result.negative = negative_intervals(density, density_root_candidates(slice), slice.sigma);
    std::erase_if(result.negative, [&](const MoneynessInterval& interval) {
        return least_density_between(slice, interval.from, interval.to).value >= -density_rounding;
    });
    const Least least = least_density(slice);
    result.least_density = least.value;
    result.least_density_at = least.at;
    result.wing_slope = wing_slope(slice);
    result.arbitrage_free = result.negative.empty() && result.wing_slope <= lee_wing_bound;
    return result;
}

Result<CalendarCheck> check_calendar(const SviRaw& nearer, const SviRaw& later) {
    if (const Status checked = check(nearer); !checked) return checked.error();
    if (const Status checked = check(later); !checked) return checked.error();
    const Function rise = [&](double k) {
        const double near_variance = total_variance(nearer, k);
        return total_variance(later, k) - near_variance + calendar_rounding * near_variance;
    };
    CalendarCheck result;
    const double reach = std::max(nearer.sigma, later.sigma);
    result.crossed = negative_intervals(rise, stats::real_roots(crossing_polynomial(nearer, later)), reach);
    result.arbitrage_free = result.crossed.empty();
    return result;
}

}  // namespace tidemark::vol
