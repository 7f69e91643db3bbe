#include "margin/tiered/tiers_by_asset.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "core/errors.hpp"
#include "margin/model/by_asset.hpp"

namespace tidemark::margin {
namespace {

Result<TierTable> table_of(const TieredParams& params, std::string_view asset,
                           const std::vector<double>& rates, std::string_view field) {
    std::vector<NotionalTier> tiers;
    for (std::size_t i = 0; i < params.tier_assets.size(); ++i)
        if (params.tier_assets[i] == asset) tiers.push_back({params.tier_floors[i], rates[i]});
    auto table = TierTable::make(std::move(tiers));
    if (!table) return bad_policy(fmt::format("{}: {}", asset, table.error().message), field);
    return table;
}

/// Maintenance is not above initial margin for any asset that either table names.
Status check_loans(const TieredParams& params) {
    const auto& initial = params.loan_initial_rates;
    const auto& maintenance = params.loan_maintenance_rates;
    const auto above = [&](const std::string& asset) {
        return by_asset(maintenance, asset, 0.0) > by_asset(initial, asset, 0.0);
    };
    for (const policy::Table* table : {&initial, &maintenance}) {
        for (const auto& [asset, rate] : *table) {
            if (above(asset))
                return bad_policy(fmt::format("want it not above the initial rate of {}", asset),
                                  "loan_maintenance_rates");
        }
    }
    return Ok{};
}

}  // namespace

Status check_tiered(const TieredParams& params) {
    const std::size_t rows = params.tier_assets.size();
    if (params.tier_floors.size() != rows)
        return bad_policy("want one for each of tier_assets", "tier_floors");
    if (params.tier_initial_rates.size() != rows)
        return bad_policy("want one for each of tier_assets", "tier_initial_rates");
    if (params.tier_maintenance_rates.size() != rows)
        return bad_policy("want one for each of tier_assets", "tier_maintenance_rates");
    const std::pair<double, std::string_view> switches[] = {
        {params.tiers_in_units, "tiers_in_units"},
        {params.tiers_are_graded, "tiers_are_graded"},
        {params.closing_fee_at_bankruptcy, "closing_fee_at_bankruptcy"},
        {params.held_at_mark, "held_at_mark"},
        {params.held_at_entry, "held_at_entry"}};
    for (const auto& [value, name] : switches)
        if (value != 0.0 && value != 1.0) return bad_policy("want 0 or 1", name);
    const auto& sides = params.opposite_sides;
    if (sides != "sum" && sides != "larger" && sides != "net")
        return bad_policy("want sum, larger or net", "opposite_sides");
    if (params.held_at_mark + params.held_at_entry > 1.0)
        return bad_policy("want 0 where held_at_mark is 1", "held_at_entry");
    for (std::size_t i = 0; i < rows; ++i)
        if (params.tier_maintenance_rates[i] > params.tier_initial_rates[i])
            return bad_policy(fmt::format("want it not above the initial rate in row {}", i + 1),
                              "tier_maintenance_rates");
    return check_loans(params);
}

Result<TiersByAsset> tiers_of(const TieredParams& params) {
    TiersByAsset all;
    for (const std::string& asset : params.tier_assets) {
        if (all.contains(asset)) continue;
        auto initial = table_of(params, asset, params.tier_initial_rates, "tier_initial_rates");
        if (!initial) return initial.error();
        auto maintenance = table_of(params, asset, params.tier_maintenance_rates, "tier_maintenance_rates");
        if (!maintenance) return maintenance.error();
        all.emplace(asset, Tiers{*std::move(initial), *std::move(maintenance)});
    }
    return all;
}

}  // namespace tidemark::margin
