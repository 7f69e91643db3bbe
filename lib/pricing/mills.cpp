#include "pricing/mills.hpp"

#include <cmath>

namespace tidemark::pricing {
namespace {

/// 1 - z M(z) = -M'(z), from the same rational with the subtraction done on the coefficients.
double mills_slope_over(double z) {
    constexpr auto coefficients = [] {
        std::array<double, 11> c = mills_under;
        for (std::size_t i = 1; i < c.size(); ++i) c[i] -= mills_over[i - 1];
        return c;
    }();
    return split_horner(coefficients, z, z * z);
}

/// 2 (I1 t + I3 t^3/3! + ...), I_n = (-1)^n M^(n)(h), by I_(n+1) = n I_(n-1) - h I_n.
double taylor_difference(Spread spread) {
    const auto [h, t] = spread;
    const MillsFraction m = mills_fraction(h);
    constexpr double negligible = 1e-17;
    constexpr std::array<double, 7> over_factorial{1.0 / 6,   1.0 / 20,  1.0 / 42, 1.0 / 72,
                                                   1.0 / 110, 1.0 / 156, 1.0 / 210};  // 1 / ((n + 1)(n + 2))
    const double over_under = 1.0 / m.under;
    double even = m.over * over_under;
    double odd = mills_slope_over(h) * over_under;
    double power = t;
    double sum = odd * t;
    for (std::size_t i = 0; i < over_factorial.size() && odd * power > negligible * sum; ++i) {
        const double n = static_cast<double>(2 * i + 1);
        even = n * even - h * odd;
        odd = (n + 1.0) * odd - h * even;
        power *= t * t * over_factorial[i];
        sum += odd * power;
    }
    return 2.0 * sum;
}

}  // namespace

double mills_difference(Spread spread) {
    if (spread.taylor_serves()) return taylor_difference(spread);
    const MillsFraction near = mills_fraction(spread.h - spread.t);
    const MillsFraction far = mills_fraction(spread.h + spread.t);
    return (near.over * far.under - far.over * near.under) / (near.under * far.under);
}

double mills_sum(Spread spread) {
    const MillsFraction near = mills_fraction(spread.t - spread.h);
    const MillsFraction far = mills_fraction(spread.t + spread.h);
    return (near.over * far.under + far.over * near.under) / (near.under * far.under);
}

}  // namespace tidemark::pricing
