// Option quotes of one underlying to its implied volatility, expiry by expiry and at the horizons.
#pragma once

#include <optional>
#include <vector>

#include "desk/vol/vol_record.hpp"
#include "market/market.hpp"
#include "record/vol.hpp"
#include "vol/headline/older_marks.hpp"

namespace tidemark::desk {

struct ImpliedTerms {
    std::vector<record::VolTerm> terms;
    std::optional<record::ImpliedVol> at_horizon;
    Timestamp newest;          // quote used
    double longest_vol = 0.0;  // at the money, of the longest term that has one; 0 where none has
    vol::OlderMarks older;
};

/// Empty where the market has no options of the underlying that are quoted; see option_chain for what is left
/// out. A term where the forward is not bracketed by strikes has no figures and says so.
ImpliedTerms implied_terms(const market::Market& market, market::AssetId underlying,
                           const VolOptions& options);

}  // namespace tidemark::desk
