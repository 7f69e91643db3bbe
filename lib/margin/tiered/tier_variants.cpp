#include "margin/tiered/tier_variants.hpp"

#include "margin/tiered/model.hpp"

namespace tidemark::margin {
namespace {

Result<policy::Document> held_to(const policy::Document& policy, const TieredParams& params,
                                 std::size_t row) {
    std::vector<std::string> assets;
    std::vector<double> floors, initial, maintenance;
    for (std::size_t i = 0; i < params.tier_assets.size(); ++i) {
        const bool of_asset = params.tier_assets[i] == params.tier_assets[row];
        if (of_asset && i != row) continue;
        assets.push_back(params.tier_assets[i]);
        floors.push_back(of_asset ? 0.0 : params.tier_floors[i]);
        initial.push_back(params.tier_initial_rates[i]);
        maintenance.push_back(params.tier_maintenance_rates[i]);
    }
    auto out = policy.with_list("tier_assets", assets);
    if (out) out = out->with_list("tier_floors", floors);
    if (out) out = out->with_list("tier_initial_rates", initial);
    if (out) out = out->with_list("tier_maintenance_rates", maintenance);
    return out;
}

}  // namespace

std::vector<TierVariant> tier_variants(const policy::Document& policy) {
    std::vector<TierVariant> all;
    if (policy.model() != "tiered") return all;
    const auto params = policy.params<TieredParams>();
    if (!params) return all;
    for (std::size_t row = 0; row < params->tier_assets.size(); ++row) {
        auto held = held_to(policy, *params, row);
        if (held) all.push_back({params->tier_assets[row], params->tier_floors[row], *std::move(held)});
    }
    return all;
}

}  // namespace tidemark::margin
