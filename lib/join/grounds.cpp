#include "join/grounds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark::join {

std::span<const Ground> grounds() {
    static constexpr std::string_view maintenance = "maintenance margin";
    static constexpr Ground all[] = {
        {"", "equity", "haircuts default_haircut confidence_multiple"},
        {"dynamic", "base", "horizon_days confidence tail_degrees_of_freedom"},
        {"dynamic", "volatility", "multiplier_floor multiplier_cap"},
        {"dynamic", "skew", "unquoted_skew max_down_move"},
        {"dynamic", "gamma", "vol_range_up vol_range_down min_vol_on_up tail_damping"},
        {"dynamic", "correlation", "correlation_low correlation_high correlation_band"},
        {"dynamic", "account", "account_multiplier_floor account_multiplier_cap"},
        {"dynamic", maintenance, "maintenance_ratio"},
        {"scenario", "base", "price_ranges vol_ranges_up vol_ranges_down tail_moves initial_factor"},
        {"scenario", "concentration",
         "futures_rate offset_futures_rate naked_short_rate roll_least concentration_rate_per_unit"},
        {"scenario", "account", "futures_initial_rate naked_short_initial_rate initial_haircuts"},
        {"scenario", maintenance, "maintenance_factor factor_on_charges"},
        {"lognormal-es", "base", "tail_level horizon_years drift annual_vols initial_factor"},
        {"lognormal-es", "liquidity", "linear_slippage initial_factor"},
        {"lognormal-es", maintenance, "initial_factor"},
        {"tiered", "base", "tier_assets tier_floors tier_initial_rates closing_fee_rate"},
        {"tiered", "concentration", "imf_factors imf_base_share open_interest_lower open_interest_upper"},
        {"tiered", maintenance, "tier_floors tier_maintenance_rates imf_maintenance_share"},
        {"strategy", "base",
         "future_initial_rates max_spot_rate min_spot_rate unpaired_initial max_loss_offset"},
        {"strategy", maintenance,
         "future_maintenance_rates maintenance_call_rate maintenance_put_rate unpaired_maintenance"},
        {"regt", "base",
         "narrow_rate broad_rate least_rate initial_long_share_rate initial_short_share_rate"},
        {"regt", maintenance, "maintenance_long_share_rate maintenance_short_share_rate"},
        {"lending", "base", "initial_asset_weights initial_liability_weights"},
        {"lending", maintenance, "maintenance_asset_weights maintenance_liability_weights"},
        {"static", "base", "initial_rate"},
        {"static", maintenance, "maintenance_rate"},
    };
    return all;
}

std::string ground_text(const policy::Document& policy, std::string_view part) {
    std::string text;
    for (const Ground& ground : grounds()) {
        const bool of_model = ground.model.empty() || ground.model == policy.model();
        if (!of_model || ground.part != part) continue;
        for (std::string_view left = ground.parameters; !left.empty();) {
            const std::size_t end = std::min(left.find(' '), left.size());
            const std::string_view name = left.substr(0, end);
            left.remove_prefix(std::min(end + 1, left.size()));
            if (const auto value = policy.shown(name))
                text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, *value);
        }
    }
    return text;
}

}  // namespace tidemark::join
