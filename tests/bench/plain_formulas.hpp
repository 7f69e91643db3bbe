// The formulas of the plain program, as textbooks have them.
#pragma once

#include <algorithm>
#include <cmath>

inline double normal_below(double z) {
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

inline double black76(double forward, double strike, double deviation, bool call) {
    const double sign = call ? 1.0 : -1.0;
    if (deviation <= 0.0) return std::max(0.0, sign * (forward - strike));
    const double d1 = std::log(forward / strike) / deviation + 0.5 * deviation;
    return sign * (forward * normal_below(sign * d1) - strike * normal_below(sign * (d1 - deviation)));
}

/// Student's t below -t with an even number of degrees of freedom (Abramowitz and Stegun 26.7.4).
inline double student_t_below(double t, int dof) {
    const double angle = std::atan(t / std::sqrt(dof));
    double term = 1.0, sum = 1.0;
    for (int k = 2; k <= dof - 2; k += 2) {
        term *= (k - 1.0) / k * std::cos(angle) * std::cos(angle);
        sum += term;
    }
    return 0.5 - 0.5 * std::sin(angle) * sum;
}

/// Mean loss beyond the quantile at p of a t scaled to unit variance.
inline double expected_shortfall(double p, int dof) {
    double low = 0.0, high = 1e6;
    for (int i = 0; i < 200; ++i) {
        const double middle = 0.5 * (low + high);
        (student_t_below(middle, dof) > p ? low : high) = middle;
    }
    const double gammas = std::exp(std::lgamma(0.5 * (dof + 1)) - std::lgamma(0.5 * dof));
    const double density =
        gammas / std::sqrt(dof * std::acos(-1.0)) * std::pow(1.0 + low * low / dof, -0.5 * (dof + 1));
    return (dof + low * low) / (dof - 1.0) * density / p * std::sqrt((dof - 2.0) / dof);
}
