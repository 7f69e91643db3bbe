#include "stats/distributions/normal.hpp"

#include <fmt/format.h>

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <numbers>

#include "core/errors.hpp"
#include "stats/quiet.hpp"

namespace tidemark::stats {
namespace {

constexpr double root_half = 0.70710678118654752440;
constexpr double root_half_rest = -4.8336466567264567e-17;  // 1/sqrt(2) less the double next to it

}  // namespace

double normal_density(double x) {
    const double square = x * x;
    if (!std::isfinite(square)) return std::isnan(x) ? x : 0.0;
    const double rest = std::fma(x, x, -square);
    return std::exp(-0.5 * square) * (1.0 - 0.5 * rest) * (std::numbers::inv_sqrtpi * root_half);
}

double normal_log_density(double x) {
    constexpr double half_log_two_pi = 0.91893853320467274178;
    return -0.5 * x * x - half_log_two_pi;
}

double normal_cdf(double x) {
    const double scaled = -x * root_half;
    const double tail = 0.5 * std::erfc(scaled);
    if (!(std::abs(x) < 40.0)) return tail;
    // What rounding took from x/sqrt(2): its square root of an ulp is worth x^2 ulps of the tail.
    const double rest = std::fma(-x, root_half, -scaled) - x * root_half_rest;
    return tail - std::exp(-scaled * scaled) * std::numbers::inv_sqrtpi * rest;
}

Result<double> normal_quantile(double p) {
    if (!(p > 0.0 && p < 1.0)) {
        return out_of_domain(fmt::format("normal quantile wants a probability inside 0 to 1, got {}", p));
    }
    return -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * p, Quiet{});
}

Result<double> normal_expected_shortfall(double p) {
    // density/cdf at the quantile as rounded, not density/p: the ratio hardly moves with the rounding of q.
    return normal_quantile(p).and_then(
        [](double q) -> Result<double> { return -normal_density(q) / normal_cdf(q); });
}

}  // namespace tidemark::stats
