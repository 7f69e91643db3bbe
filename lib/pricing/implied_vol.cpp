#include "pricing/implied_vol.hpp"

#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

#include "core/log_ratio.hpp"
#include "pricing/black76.hpp"
#include "pricing/mills.hpp"
#include "stats/distributions/normal.hpp"

namespace tidemark::pricing {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr double least_divisor = 1e-290;
constexpr double log_inverse_root_two_pi = -0.9189385332046727;

/// The out-of-the-money price over min(F, K), which is its supremum; x = |ln(F/K)|.
struct Target {
    double x;
    double value;       // in (0, 1)
    double complement;  // 1 - value, by an exact subtraction
    double log_value;   // read only where value is too small to divide by

    [[nodiscard]] bool upper() const { return value > 0.5; }
    [[nodiscard]] double log_of_over_value(double numerator) const {
        return value > least_divisor ? std::log(numerator / value) : std::log(numerator) - log_value;
    }
};

struct Objective {
    double gap;         // ln(ours / target), of the value or of the complement
    double over_slope;  // 1 / its derivative in the standard deviation
};

/// The logarithm is taken of a ratio near 1 / phi(h - t), so that it is as exact as the price deserves.
Objective objective(const Target& target, Spread spread) {
    const double distance = spread.h - spread.t;
    const double log_density = log_inverse_root_two_pi - 0.5 * distance * distance;
    if (target.upper() && distance <= 0.0) {
        const double sum = mills_sum(spread);
        return {log_density + std::log(sum / target.complement), -sum};
    }
    if (!target.upper() && spread.by_difference()) {
        const double difference = mills_difference(spread);
        return {log_density + target.log_of_over_value(difference), difference};
    }
    const double density = std::exp(log_density);
    const double value =
        spread.by_difference() ? density * mills_difference(spread) : 1.0 - density * mills_sum(spread);
    if (target.upper()) return {std::log((1.0 - value) / target.complement), (value - 1.0) / density};
    return {std::log(value / target.value), value / density};
}

/// Householder's step of third order. For the price b let q = b''/b', p = b'''/b'; with r the slope and v the
/// Newton step, r v = -gap, so g'' v / r = q v + gap and g''' v^2 / r = p v^2 + 3 q v gap + 2 gap^2.
double householder(const Objective& at, Spread spread) {
    const double over_s = 0.5 / spread.t;
    const double bend = spread.h * spread.h * over_s;
    const double q = bend - 0.5 * spread.t;
    const double p = q * q - 3.0 * bend * over_s - 0.25;
    const double newton = -at.gap * at.over_slope;
    const double second = q * newton + at.gap;
    const double third = p * newton * newton + (3.0 * q * newton + 2.0 * at.gap) * at.gap;
    return newton * (1.0 + 0.5 * second) / (1.0 + second + third / 6.0);
}

/// Winitzki's closed form of the inverse error function, within 0.002 relative on [0, 1).
double rough_erf_inv(double z) {
    constexpr double a = 0.147;
    const double l = std::log1p(-z * z);
    const double b = 2.0 / (std::numbers::pi * a) + 0.5 * l;
    const double root = std::sqrt(b * b - l / a);
    return std::sqrt(b > 0.0 ? -l / (a * (root + b)) : root - b);
}

/// Away from the bend, with h = x/s, the price is nearly phi(h) e^(x/2 - t^2/2) x / (h (1 + 1.2 h + h^2)):
/// one Newton step for h^2 from its leading terms.
double rough_tail(const Target& target) {
    const double depth = target.log_of_over_value(target.x * stats::inverse_root_two_pi) + 0.5 * target.x;
    const double least = 0.5 * target.x;
    const double start = [depth] {
        if (depth > 1.5) return 2.0 * depth - 3.0 * std::log(2.0 * depth) + 1.5;
        const double e = std::exp(depth);
        return e * e / ((1.0 + e) * (1.0 + e));
    }();
    const double y = start > least ? start : least;
    const double h = std::sqrt(y);
    const double shape = 1.0 + 1.2 * h + y;
    const double skew = target.x * target.x / (8.0 * y);
    const double gap = 0.5 * y + std::log(h * shape) + skew - depth;
    const double y_slope = 0.5 * y + 0.5 + (y + 0.6 * h) / shape - skew;
    return target.x / std::sqrt(std::fmax(y - y * gap / y_slope, std::fmax(least, 0.1 * y)));
}

/// Where the price bends, at s = sqrt(2x), it has slope phi(0) and no curvature; an error function on either
/// side matches all three, and is the solution itself at the money.
double first_guess(const Target& target) {
    constexpr double tail_share = 0.3;
    const double bend = std::sqrt(2.0 * target.x);
    const double at_bend =
        0.5 - stats::inverse_root_two_pi * mills_fraction(std::fmin(bend, mills_fit_end)).ratio();
    if (target.x == 0.0 || target.value >= at_bend) {
        const double room = 1.0 - at_bend;
        return bend + 2.0 * std::numbers::sqrt2 * room * rough_erf_inv((target.value - at_bend) / room);
    }
    if (target.value < tail_share * at_bend) return rough_tail(target);
    return bend - 2.0 * std::numbers::sqrt2 * at_bend * rough_erf_inv(1.0 - target.value / at_bend);
}

struct Solution {
    double std_dev;
    double over_slope;  // 1 / the objective's derivative there
};

Solution solve(const Target& target) {
    constexpr int most_steps = 100;
    constexpr double settled = 5e-5;  // of fourth order, so the error left is below 1e-16
    double low = 0.0, high = std::numeric_limits<double>::infinity();
    double s = first_guess(target);
    Objective at{};
    for (int step = 0; step < most_steps; ++step) {
        const Spread spread{target.x / s, 0.5 * s};
        at = objective(target, spread);
        (at.gap * at.over_slope < 0.0 ? low : high) = s;
        const double move = householder(at, spread);
        if (std::fabs(move) <= settled * s) return {s + move, at.over_slope};
        const bool inside = s + move > low && s + move < high;
        s = inside ? s + move : std::isinf(high) ? 2.0 * s : 0.5 * (low + high);
    }
    return {s, at.over_slope};
}

/// What a price is over intrinsic, to the last bit: the rounding of the two subtractions is carried along.
double time_value(double price, double forward, double strike, OptionType type) {
    const double sign = option_sign(type);
    const double intrinsic = sign * (forward - strike);
    if (intrinsic <= 0.0) return price;
    const double plus = sign * forward, minus = sign * strike;
    const double back = plus - intrinsic;
    const double lost = (plus - (intrinsic + back)) + (back - minus);
    return (price - intrinsic) - lost;
}

ImpliedVol without_vol(ImpliedVolStatus status) {
    ImpliedVol none;
    none.status = status;
    return none;
}

/// Why there is no vol, or ok.
ImpliedVolStatus input_status(const QuotedOption& o, double price, double over_intrinsic) {
    const auto positive = [](double x) { return x > 0.0 && std::isfinite(x); };
    const double years = o.years.value();
    if (!positive(o.forward.value()) || !positive(o.strike.value()) || !positive(o.discount_factor) ||
        !std::isfinite(years) || !std::isfinite(price) || price < 0.0) {
        return ImpliedVolStatus::invalid_input;
    }
    if (years <= 0.0) return ImpliedVolStatus::expired;
    if (std::fabs(over_intrinsic) <= epsilon * price) return ImpliedVolStatus::zero_time_value;
    if (over_intrinsic < 0.0) return ImpliedVolStatus::below_intrinsic;
    const double maximum = (o.type == OptionType::call ? o.forward : o.strike).value();
    return price >= maximum ? ImpliedVolStatus::above_maximum : ImpliedVolStatus::ok;
}

Target target_of(double over_intrinsic, double forward, double strike) {
    const double nearer = std::fmin(forward, strike);
    const double value = over_intrinsic / nearer;
    const double log_value = value > least_divisor ? 0.0 : std::log(over_intrinsic) - std::log(nearer);
    return {std::fabs(log_ratio(forward, strike)), value, (nearer - over_intrinsic) / nearer, log_value};
}

}  // namespace

std::string_view implied_vol_status_name(ImpliedVolStatus status) {
    constexpr std::array<std::string_view, 6> names{
        "ok", "below_intrinsic", "zero_time_value", "above_maximum", "expired", "invalid_input"};
    return names[static_cast<std::size_t>(status)];
}

ImpliedVol implied_vol(const QuotedOption& option) {
    const double forward = option.forward.value(), strike = option.strike.value();
    const double price = option.price.value() / option.discount_factor;
    const double over_intrinsic = time_value(price, forward, strike, option.type);
    const ImpliedVolStatus status = input_status(option, price, over_intrinsic);
    if (status != ImpliedVolStatus::ok) return without_vol(status);
    const Target target = target_of(over_intrinsic, forward, strike);
    if (!(target.complement > 0.0)) return without_vol(ImpliedVolStatus::above_maximum);
    const Solution at = solve(target);
    const double of_value = target.upper() ? target.complement / target.value : 1.0;
    return {ImpliedVolStatus::ok, AnnualVol{at.std_dev / std::sqrt(option.years.value())},
            price / over_intrinsic * std::fabs(at.over_slope) / (of_value * at.std_dev)};
}

void implied_vols(std::span<ImpliedVol> out, std::span<const QuotedOption> options) {
    assert(out.size() >= options.size());
    for (std::size_t i = 0; i < options.size(); ++i) out[i] = implied_vol(options[i]);
}

}  // namespace tidemark::pricing
