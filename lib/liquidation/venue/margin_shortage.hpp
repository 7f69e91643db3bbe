// How much to liquidate so that a margin shortage is just covered: Drift v2, in its own integers (money and
// prices 1e-6, weights and margin ratios 1e-4, fees and multipliers 1e-6).
#pragma once

#include <optional>

#include "margin/tiered/integer_margin.hpp"

namespace tidemark::liquidation {

struct PerpShortage {
    margin::Wide shortage = 0;
    std::int64_t margin_ratio = 0, liquidation_fee = 0, insurance_fee = 0;
    std::int64_t oracle_price = 0, quote_price = margin::one_million;
};

/// Base amount (1e-9) whose transfer frees the shortage: shortage / (P Pq (ratio - fee) - P insurance).
/// None where closing frees nothing, so that all of it has to go.
std::optional<margin::Wide> base_to_cover(const PerpShortage& shortage);

struct LiabilityShortage {
    margin::Wide shortage = 0;
    std::int64_t asset_weight = 0, liability_weight = 0;
    std::int64_t asset_multiplier = margin::one_million, liability_multiplier = margin::one_million;
    std::int64_t liability_price = 0;
    std::int64_t insurance_fee = 0;
    int decimals = 6;  // of the liability's token
};

/// Token amount of a liability to transfer: shortage / (Pl (wl - wa ma / ml) - Pl insurance wl), in the
/// token's own decimals. None where the transfer frees nothing.
std::optional<margin::Wide> liability_transfer_to_cover(const LiabilityShortage& shortage);

}  // namespace tidemark::liquidation
