#include "report/part_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark::report {

std::span<const PartParameters> part_parameters() {
    static constexpr std::string_view maintenance = "maintenance margin";
    static constexpr PartParameters all[] = {
        {"dynamic", "base", "horizon_days confidence tail_degrees_of_freedom", ""},
        {"dynamic", "volatility", "multiplier_floor multiplier_cap", ""},
        {"dynamic", "skew", "unquoted_skew max_down_move", ""},
        {"dynamic", "gamma", "vol_range_up vol_range_down min_vol_on_up tail_damping", ""},
        {"dynamic", "correlation", "correlation_low correlation_high correlation_band", ""},
        {"dynamic", "account", "account_multiplier_floor account_multiplier_cap", ""},
        {"dynamic", maintenance, "maintenance_ratio", ""},
        {"scenario", "base", "price_ranges vol_ranges_up vol_ranges_down tail_moves initial_factor",
         "what the worst scenario loses, times the initial factor"},
        {"scenario", "concentration",
         "futures_rate offset_futures_rate naked_short_rate roll_least concentration_rate_per_unit",
         "contingencies that both margins have"},
        {"scenario", "account", "futures_initial_rate naked_short_initial_rate initial_haircuts",
         "contingencies of the initial margin alone"},
        {"scenario", maintenance, "maintenance_factor factor_on_charges", ""},
        {"lognormal-es", "base", "tail_level horizon_years drift annual_vols initial_factor",
         "expected shortfall of each market, without offset"},
        {"lognormal-es", "liquidity", "linear_slippage initial_factor", "slippage of closing out"},
        {"lognormal-es", maintenance, "initial_factor", ""},
        {"tiered", "base", "tier_assets tier_floors tier_initial_rates closing_fee_rate",
         "notional at the rate of its tier"},
        {"tiered", "concentration", "imf_factors imf_base_share open_interest_lower open_interest_upper",
         "size and open-interest premiums"},
        {"tiered", maintenance, "tier_floors tier_maintenance_rates imf_maintenance_share", ""},
        {"strategy", "base",
         "future_initial_rates max_spot_rate min_spot_rate unpaired_initial max_loss_offset",
         "options expiry by expiry, perps and futures by size"},
        {"strategy", maintenance,
         "future_maintenance_rates maintenance_call_rate maintenance_put_rate unpaired_maintenance", ""},
        {"regt", "base", "narrow_rate broad_rate least_rate initial_long_share_rate initial_short_share_rate",
         "the cheapest valid pairing of legs"},
        {"regt", maintenance, "maintenance_long_share_rate maintenance_short_share_rate", ""},
        {"lending", "base", "initial_asset_weights initial_liability_weights",
         "equity less what it weighs, debt the other way"},
        {"lending", maintenance, "maintenance_asset_weights maintenance_liability_weights", ""},
        {"static", "base", "initial_rate", "notional at one rate"},
        {"static", maintenance, "maintenance_rate", ""},
    };
    return all;
}

std::string part_parameters_text(const policy::Document& policy, std::string_view part,
                                 std::string_view otherwise) {
    std::string text{otherwise};
    for (const PartParameters& ground : part_parameters()) {
        if (ground.model != policy.model() || ground.part != part) continue;
        if (!ground.meaning.empty()) text = ground.meaning;
        std::string_view before = "; ";
        for (std::string_view left = ground.parameters; !left.empty();) {
            const std::size_t end = std::min(left.find(' '), left.size());
            const std::string_view name = left.substr(0, end);
            left.remove_prefix(std::min(end + 1, left.size()));
            const auto value = policy.shown(name);
            if (!value) continue;
            text += fmt::format("{}{} {}", before, name, *value);
            before = ", ";
        }
    }
    return text;
}

}  // namespace tidemark::report
