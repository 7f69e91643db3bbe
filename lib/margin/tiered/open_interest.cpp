#include "margin/tiered/open_interest.hpp"

#include <fmt/format.h>

namespace tidemark::margin {

Status check(const LiquidityTier& tier) {
    const auto fraction = [](std::int64_t ppm) { return ppm >= 0 && ppm <= one_million; };
    if (!fraction(tier.initial_ppm) || !fraction(tier.maintenance_fraction_ppm))
        return Error{Errc::out_of_domain,
                     fmt::format("want fractions of 0 to 1000000 ppm, got initial {} and maintenance {}",
                                 tier.initial_ppm, tier.maintenance_fraction_ppm),
                     "", 0};
    if (tier.open_interest_lower < 0 || tier.open_interest_lower > tier.open_interest_upper)
        return Error{Errc::out_of_domain,
                     fmt::format("want 0 <= lower <= upper open-interest cap, got {} and {}",
                                 tier.open_interest_lower, tier.open_interest_upper),
                     "", 0};
    return Ok{};
}

Wide maintenance_margin_ppm(const LiquidityTier& tier) {
    return ppm_floor(tier.initial_ppm, tier.maintenance_fraction_ppm);
}

Wide funding_clamp_ppm(const LiquidityTier& tier, std::int64_t clamp_factor_ppm) {
    return ppm_floor(clamp_factor_ppm, tier.initial_ppm - maintenance_margin_ppm(tier));
}

Wide adjusted_initial_ppm(const LiquidityTier& tier, Wide open_interest_notional) {
    const Wide span = tier.open_interest_upper - tier.open_interest_lower;
    const Wide above = open_interest_notional - tier.open_interest_lower;
    if (span == 0 || above <= 0) return tier.initial_ppm;
    if (above >= span) return one_million;
    return tier.initial_ppm + (one_million - tier.initial_ppm) * above / span;
}

Wide initial_margin_quantums(const LiquidityTier& tier, Wide notional, Wide open_interest_notional) {
    return ppm_ceil(notional, adjusted_initial_ppm(tier, open_interest_notional));
}

QuantumRequirement position_requirement(const LiquidityTier& tier, Wide base_quantums, QuantumPrice price,
                                        Wide open_interest_quantums) {
    const Wide notional = notional_up(base_quantums, price);
    const Wide open_interest = notional_up(open_interest_quantums, price);
    const Wide at_base = ppm_ceil(notional, tier.initial_ppm);
    return {initial_margin_quantums(tier, notional, open_interest),
            ppm_ceil(at_base, tier.maintenance_fraction_ppm)};
}

}  // namespace tidemark::margin
