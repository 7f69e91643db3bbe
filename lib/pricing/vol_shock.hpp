// The tenor power law by which portfolio margins shock volatility: short expiries move most.
#pragma once

#include "core/measure.hpp"

namespace tidemark::pricing {

/// Deribit and Derive state their shocks in this form. Ranges are fractions at reference_days.
struct VolShock {
    double range_up = 0.5;
    double range_down = 0.25;
    AnnualVol min_vol_for_up{0.0};  // the up-shocked vol is not below this
    double short_power = 0.3;       // up to reference_days
    double long_power = 0.13;       // beyond
    double reference_days = 30.0;
    double days_floor = 0.0;  // an expiry nearer than this is shocked as if it were this far
};

struct ShockedVols {
    AnnualVol up, down;
};

/// (30 / max(days, floor))^p: what the ranges are multiplied by. Infinite at no days and no floor.
double tenor_multiplier(double days, const VolShock& shock);

/// up = max(vol (1 + range_up m), min_vol_for_up), down = max(vol (1 - range_down m), 0), m the tenor
/// multiplier (Deribit, Portfolio Margin; Derive v2 PMRM).
ShockedVols shocked_vols(AnnualVol vol, double days, const VolShock& shock);

}  // namespace tidemark::pricing
