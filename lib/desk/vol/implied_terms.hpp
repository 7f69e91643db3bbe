// Option quotes of one underlying to its implied volatility, expiry by expiry and at the horizons.
#pragma once

#include <optional>
#include <vector>

#include "desk/vol/vol_record.hpp"
#include "market/market.hpp"
#include "record/vol.hpp"

namespace tidemark::desk {

struct ImpliedTerms {
    std::vector<record::VolTerm> terms;
    std::optional<record::ImpliedVol> at_horizon;
    Timestamp newest;  // quote used
    // The same with marks of up to a day before the newest, where that is more than ticker_max_age.
    std::vector<record::VolTerm> older_terms;
    std::optional<record::ImpliedVol> older;
};

/// Empty where the market has no options of the underlying that are quoted; see option_chain for what is left
/// out. A term where the forward is not bracketed by strikes has no figures and says so.
ImpliedTerms implied_terms(const market::Market& market, market::AssetId underlying,
                           const VolOptions& options);

}  // namespace tidemark::desk
