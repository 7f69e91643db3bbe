// Weights that worsen with the square root of size: Drift v2 in its own integers, and the FTX rule they come
// from. Sizes in 1e-9 of a unit, IMF factors in 1e-6, weights and ratios in 1e-4.
#pragma once

#include "core/result.hpp"
#include "margin/tiered/integer_margin.hpp"

namespace tidemark::margin {

inline constexpr std::int64_t weight_precision = 10'000;

struct SizePremium {
    Wide size_1e9 = 0;
    std::int64_t imf_factor = 0;  // 1e-6; 0 turns the premium off
};

/// Liability weight, or margin ratio: the larger of `weight` and four fifths of it plus factor x sqrt(size)
/// (drift-labs/protocol-v2, math/margin.rs).
Wide liability_weight(const SizePremium& premium, std::int64_t weight);

/// Asset weight: the smaller of `weight` and 1.1 / (1 + factor x sqrt(size)).
Wide asset_weight(const SizePremium& premium, std::int64_t weight);

/// Initial asset weight once the pool's deposits are worth more than scale_start: weight x start / deposits.
/// Both values in one unit; a scale_start of 0 turns it off.
Wide scaled_asset_weight(std::int64_t weight, Wide deposits_value, Wide scale_start);

/// Initial margin ratio of an account in high-leverage mode: the market's high-leverage ratio for a small
/// position, rising to the ordinary one as the size premium does. Fails with out_of_domain below a ratio of
/// 5e-4, whose fifth is 0.
Result<Wide> high_leverage_ratio(const SizePremium& premium, std::int64_t ordinary_ratio,
                                 std::int64_t high_leverage_ratio);

/// Margin requirement of a perp in 1e-6 quote: |base| at the oracle price (1e-6), times the ratio with its
/// size premium.
Wide perp_requirement(Wide base_1e9, std::int64_t oracle_price_1e6, std::int64_t imf_factor,
                      std::int64_t margin_ratio);

/// The rule all of these have in common, in fractions: max(rate, base_share x rate + factor x sqrt(size)),
/// size in units. Drift has a base_share of 0.8, FTX of 0.
double size_scaled_rate(double rate, double base_share, double factor, double size);

/// FTX: max(1 / leverage, factor x sqrt(size)), a fraction of notional.
double size_scaled_imf(double max_leverage, double factor, double size);

}  // namespace tidemark::margin
