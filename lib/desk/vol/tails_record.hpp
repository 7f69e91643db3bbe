// Days of an underlying to the tails of its vol record.
#pragma once

#include <optional>

#include "desk/vol/vol_record.hpp"
#include "record/vol_model.hpp"

namespace tidemark::desk {

/// Of returns over the volatility that the estimator in use foresaw where that is of the garch family, else
/// riskmetrics2006 on daily returns. None below vol::tails_min_residuals whole days. Wants bars, and fits
/// that follow their days.
std::optional<record::VolTails> tails_of(const VolSource& source, DayFits& fits, const VolOptions& options);

}  // namespace tidemark::desk
