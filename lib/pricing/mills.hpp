// The Mills ratio M(z) = (1 - N(z)) / phi(z) as a rational: what every pricer here stands on, because nothing
// in it cancels or underflows in the tail.
#pragma once

#include <array>
#include <cstddef>

namespace tidemark::pricing {

inline constexpr double mills_fit_end = 39.0;  // where the normal density leaves the range of a double

inline constexpr std::array<double, 10> mills_over{
    1.2533141373155001,   1.9422797249682202,   1.4889934352718022,   0.7252066545913921,
    0.24487676250700485,  0.05920676509712073,  0.010249137454075673, 0.0012291122124359808,
    9.33657064066173e-05, 3.472691206389501e-06};
inline constexpr std::array<double, 11> mills_under{1.0,
                                                    2.347599566115434,
                                                    2.561158321891524,
                                                    1.7143016131048756,
                                                    0.7819901664238221,
                                                    0.2549391568220299,
                                                    0.06042893235295866,
                                                    0.01034250314928388,
                                                    0.0012325849038418754,
                                                    9.336570640448007e-05,
                                                    3.472691206399824e-06};

struct MillsFraction {
    double over, under;
    [[nodiscard]] double ratio() const { return over / under; }
};

/// A polynomial as even and odd half, which halves the chain of dependent steps.
template <std::size_t count>
[[gnu::always_inline]] inline double split_horner(const std::array<double, count>& coefficients, double z,
                                                  double z_squared) {
    double high = coefficients[count - 1];
    double low = coefficients[count - 2];
    for (std::size_t i = count - 2; i >= 2; i -= 2) {
        high = high * z_squared + coefficients[i - 1];
        low = low * z_squared + coefficients[i - 2];
    }
    if constexpr (count % 2 == 0) return high * z + low;
    return (high * z_squared + coefficients[0]) + low * z;
}

/// M(z) for z >= 0, within 2e-16 to mills_fit_end and 1e-12 beyond; z^10 must not overflow. Weighted least
/// squares in 50 digits; all coefficients positive. Inlined everywhere so that each instruction set's loop
/// gets its own.
[[gnu::always_inline]] inline MillsFraction mills_fraction(double z) {
    const double z_squared = z * z;
    return {split_horner(mills_over, z, z_squared), split_horner(mills_under, z, z_squared)};
}

/// What a standard deviation s = 2t makes of a log-moneyness x = 2ht, h and t >= 0.
struct Spread {
    double h, t;

    /// Where a plain difference of the two Mills ratios would lose digits and a series in t is right to
    /// 1e-17.
    [[nodiscard]] bool taylor_serves() const { return t < 0.25 && h * t < 1.0; }

    /// Whether M(h - t) - M(h + t) is to be used, rather than M(t - h) + M(t + h) and the complement.
    [[nodiscard]] bool by_difference() const { return h >= t || taylor_serves(); }
};

/// M(h - t) - M(h + t) where by_difference(). With h = |ln(F/K)|/s and t = s/2, the undiscounted
/// out-of-the-money price is min(F, K) phi(h - t) times this, and its derivative in s min(F, K) phi(h - t).
/// Taylor in t where the two would cancel.
double mills_difference(Spread spread);

/// M(t - h) + M(t + h) where h <= t: min(F, K) phi(h - t) times this is min(F, K) less that price.
double mills_sum(Spread spread);

}  // namespace tidemark::pricing
