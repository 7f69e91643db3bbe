#include "liquidation/first_passage.hpp"

#include <algorithm>
#include <cmath>

#include "pricing/mills.hpp"
#include "stats/distributions/normal.hpp"

namespace tidemark::liquidation {

double end_probability(double barrier, double vol, double years, double drift) {
    const double s = vol * std::sqrt(years);
    if (!(barrier > 0.0) || std::isinf(barrier) || !(s > 0.0)) return 0.0;
    const double side = barrier < 1.0 ? 1.0 : -1.0;  // above is below of the mirrored path
    return stats::normal_cdf(side * (std::log(barrier) - drift * years) / s);
}

double touch_probability(double barrier, double vol, double years, double drift) {
    if (!(barrier > 0.0) || std::isinf(barrier)) return 0.0;
    if (barrier == 1.0) return 1.0;
    const double s = vol * std::sqrt(years);
    if (!(s > 0.0)) return 0.0;
    const double side = barrier < 1.0 ? 1.0 : -1.0;
    const double b = side * std::log(barrier), m = side * drift;
    const double exponent = 2.0 * m * b / (vol * vol), z = (b + m * years) / s;
    // Beyond the range of exp its partner is as small as it is large: together phi(z') M(-z).
    const double reflected = exponent < 700.0 ? std::exp(exponent) * stats::normal_cdf(z)
                                              : stats::normal_density((b - m * years) / s) *
                                                    pricing::mills_fraction(std::min(-z, 1e20)).ratio();
    return std::clamp(end_probability(barrier, vol, years, drift) + reflected, 0.0, 1.0);
}

double corridor_touch_probability(double lower, double upper, double vol, double years, double drift) {
    if (!(lower > 0.0)) return touch_probability(upper, vol, years, drift);
    if (std::isinf(upper)) return touch_probability(lower, vol, years, drift);
    const double s = vol * std::sqrt(years);
    if (!(s > 0.0)) return 0.0;
    const double a = std::log(lower), b = std::log(upper), width = b - a, tilt = drift / (vol * vol);
    const auto mass = [&](double shift) {
        return stats::normal_cdf((b - drift * years - shift) / s) -
               stats::normal_cdf((a - drift * years - shift) / s);
    };
    double survival = 0.0;
    // Images lie 2 width apart and die as a normal density does.
    const int images = std::min(10'000, 2 + static_cast<int>(10.0 * s / width));
    for (int n = -images; n <= images; ++n) {
        const double shift = 2.0 * n * width;
        survival +=
            std::exp(tilt * shift) * mass(shift) - std::exp(tilt * (2.0 * a - shift)) * mass(2.0 * a - shift);
    }
    return std::clamp(1.0 - survival, 0.0, 1.0);
}

double discretely_watched(double barrier, double vol, double years_between_looks) {
    const double away = barrier < 1.0 ? -1.0 : 1.0;
    return barrier * std::exp(away * discrete_watch_shift * vol * std::sqrt(years_between_looks));
}

}  // namespace tidemark::liquidation
