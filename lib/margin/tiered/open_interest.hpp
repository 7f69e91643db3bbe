// Initial margin that rises with a market's open interest: dYdX v4, in parts per million and quote quanta.
#pragma once

#include "core/result.hpp"
#include "margin/tiered/integer_margin.hpp"

namespace tidemark::margin {

/// A market's liquidity tier (dydxprotocol/v4-chain, x/perpetuals). Caps in quote quanta; an upper cap equal
/// to the lower one turns the scaling off.
struct LiquidityTier {
    std::int64_t initial_ppm = 0;
    std::int64_t maintenance_fraction_ppm = 0;  // of initial margin
    std::int64_t open_interest_lower = 0, open_interest_upper = 0;
};

/// Fails with out_of_domain unless 0 <= ppm <= 1e6 for both fractions and 0 <= lower <= upper.
Status check(const LiquidityTier& tier);

/// Maintenance margin as parts per million of notional, rounded down; it does not follow open interest.
Wide maintenance_margin_ppm(const LiquidityTier& tier);

/// Largest absolute funding rate, ppm: clamp factor x (initial - maintenance), rounded down.
Wide funding_clamp_ppm(const LiquidityTier& tier, std::int64_t clamp_factor_ppm);

/// Base up to the lower cap, 100 % from the upper one, linear between, rounded down to a ppm.
Wide adjusted_initial_ppm(const LiquidityTier& tier, Wide open_interest_notional);

/// notional x adjusted_initial_ppm, rounded up. Quote quanta.
Wide initial_margin_quantums(const LiquidityTier& tier, Wide notional, Wide open_interest_notional);

struct QuantumRequirement {
    Wide initial = 0;
    Wide maintenance = 0;  // the fraction of initial margin at base IMF, rounded up
};

/// Requirement of |base_quantums| at the oracle price, where the whole market holds open_interest_quantums.
QuantumRequirement position_requirement(const LiquidityTier& tier, Wide base_quantums, QuantumPrice price,
                                        Wide open_interest_quantums);

}  // namespace tidemark::margin
