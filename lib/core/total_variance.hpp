// What variance accrues until expiry, and the volatility that accrues it.
#pragma once

#include <cmath>

#include "core/measure.hpp"

namespace tidemark {

/// vol^2 x years, no unit.
constexpr double total_variance(AnnualVol vol, YearFraction years) {
    return vol.value() * vol.value() * years.value();
}

/// The volatility that gives the total variance over the years; years > 0, variance >= 0.
inline AnnualVol vol_of_total_variance(double total_variance, YearFraction years) {
    return AnnualVol{std::sqrt(total_variance / years.value())};
}

}  // namespace tidemark
