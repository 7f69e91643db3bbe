// What option marks tell that are too old to be in the terms, for the floor that they are.
#pragma once

#include <optional>

#include "core/measure.hpp"
#include "market/market.hpp"
#include "vol/surface/option_chain.hpp"

namespace tidemark::vol {

/// A mark that has dropped out for its age must not lower a volatility by being left out: where the headline
/// or the anchor was higher with it, it stays. Older than this it tells nothing any more.
inline constexpr std::int64_t older_marks_max_age_ms = ms_per_day;

struct OlderMarks {
    std::optional<AnnualVol> at_horizon;
    double longest_vol = 0.0;  // of the longest term; 0 where there is none
};

/// Of all marks up to older_marks_max_age_ms before the newest; nothing where the rules let these in anyhow.
OlderMarks older_marks(const market::Market& market, market::AssetId underlying, ChainRules rules,
                       YearFraction horizon);

}  // namespace tidemark::vol
