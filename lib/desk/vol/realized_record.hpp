// Bars, days and trades of an underlying to the realised part of its vol record.
#pragma once

#include <optional>

#include "desk/vol/vol_record.hpp"
#include "record/vol.hpp"
#include "vol/headline/anchor.hpp"

namespace tidemark::desk {

/// Every estimator of bars and those asked for besides. Where the one in use has no estimate,
/// riskmetrics2006 stands in for it and the record says so. None where that has too few bars too, or nothing
/// moved. Views into it hold while `fits` does. Wants bars.
std::optional<record::RealizedVol> realized_of(const VolSource& source, DayFits& fits,
                                               const VolOptions& options);

/// Where it is asked for and can be told. To be called after realized_of. Wants bars.
std::optional<double> stress_prob_of(const VolSource& source, DayFits& fits, const VolOptions& options);

/// By the policy. None where there are too few bars, or nothing moved. Wants bars.
std::optional<vol::BarAnchor> anchor_of(const VolSource& source, const VolOptions& options);

/// Whole days, rounded up, for which a forecast stands in the blend.
double blend_days(const VolOptions& options);

}  // namespace tidemark::desk
