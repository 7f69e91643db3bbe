// Bars, days and trades of an underlying to what the options of vol-estimate ask of them.
#pragma once

#include <optional>

#include "desk/vol/vol_record.hpp"
#include "record/vol_model.hpp"
#include "vol/headline/anchor.hpp"
#include "vol/realized_vol.hpp"

namespace tidemark::desk {

/// Every estimator of bars and those asked for besides; see vol::realized_vol. Wants bars.
std::optional<vol::RealizedVol> realized_of(const VolSource& source, vol::DayFits& fits,
                                            const VolOptions& options);

/// Where they are asked for: of returns over the volatility that the estimator in use foresaw where that is
/// of the garch family, else riskmetrics2006 on daily returns. None below vol::tails_min_residuals whole
/// days. To be called after realized_of. Wants bars.
std::optional<record::VolTails> tails_of(const VolSource& source, vol::DayFits& fits,
                                         const VolOptions& options);

/// Where it is asked for and can be told. To be called after realized_of. Wants bars.
std::optional<double> stress_prob_of(vol::DayFits& fits, const VolOptions& options);

/// By the policy. None where there are too few bars, or nothing moved. Wants bars.
std::optional<vol::BarAnchor> anchor_of(const VolSource& source, const VolOptions& options);

/// Whole days, rounded up, for which a forecast stands in the blend.
double blend_days(const VolOptions& options);

}  // namespace tidemark::desk
