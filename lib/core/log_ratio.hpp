// Logarithms of ratios of prices.
#pragma once

#include <cmath>

namespace tidemark {

/// ln(a / b) for positive prices, to 4e-15 of itself and to 8e-16 where they are within 4 %: so near 1 the
/// quotient alone would already have lost the digits that matter. Antisymmetric there to the last bit.
inline double log_ratio(double a, double b) {
    const double z = (a - b) / (a + b);
    const double z2 = z * z;
    // 2 artanh(z); the first term left out is below 2^-55 of the sum.
    if (z2 < 4e-4 && z2 > 0.0) {
        return 2.0 * z *
               (1.0 + z2 * (1.0 / 3 + z2 * (1.0 / 5 + z2 * (1.0 / 7 + z2 * (1.0 / 9 + z2 * (1.0 / 11))))));
    }
    const double ratio = a / b;
    // A quotient outside this range may have overflowed or lost bits to underflow.
    return ratio < 1e300 && ratio > 1e-300 ? std::log(ratio) : std::log(a) - std::log(b);
}

}  // namespace tidemark
