#include "pricing/vol_shock.hpp"

#include <algorithm>
#include <cmath>

namespace tidemark::pricing {

double tenor_multiplier(double days, const VolShock& shock) {
    const double power = days <= shock.reference_days ? shock.short_power : shock.long_power;
    return std::pow(shock.reference_days / std::max(days, shock.days_floor), power);
}

ShockedVols shocked_vols(AnnualVol vol, double days, const VolShock& shock) {
    const double multiplier = tenor_multiplier(days, shock);
    return {std::max(vol * (1.0 + shock.range_up * multiplier), shock.min_vol_for_up),
            vol * std::max(1.0 - shock.range_down * multiplier, 0.0)};
}

}  // namespace tidemark::pricing
