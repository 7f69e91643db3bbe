#include "margin/tiered_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "margin/by_asset.hpp"
#include "margin/by_instrument.hpp"
#include "margin/levels.hpp"
#include "margin/notional_tiers.hpp"
#include "margin/open_interest_imf.hpp"
#include "margin/size_premium.hpp"

namespace tidemark::margin {
namespace {

constexpr std::array<std::string_view, 7> off_parts{"volatility", "skew",    "gamma", "correlation",
                                                    "liquidity",  "account", "orders"};

struct Tiers {
    TierTable initial, maintenance;
};

using TiersByAsset = std::map<std::string, Tiers, std::less<>>;

Error refusal(std::string message, std::string_view field) {
    return {Errc::policy, std::move(message), std::string{field}, 0};
}

Result<TierTable> table_of(const TieredParams& params, std::string_view asset,
                           const std::vector<double>& rates, std::string_view field) {
    std::vector<NotionalTier> tiers;
    for (std::size_t i = 0; i < params.tier_assets.size(); ++i)
        if (params.tier_assets[i] == asset) tiers.push_back({params.tier_floors[i], rates[i]});
    auto table = TierTable::make(std::move(tiers));
    if (!table) return refusal(fmt::format("{}: {}", asset, table.error().message), field);
    return table;
}

Status check(const TieredParams& params) {
    const std::size_t rows = params.tier_assets.size();
    if (params.tier_floors.size() != rows) return refusal("want one for each of tier_assets", "tier_floors");
    if (params.tier_initial_rates.size() != rows)
        return refusal("want one for each of tier_assets", "tier_initial_rates");
    if (params.tier_maintenance_rates.size() != rows)
        return refusal("want one for each of tier_assets", "tier_maintenance_rates");
    if (params.held_at_mark != 0.0 && params.held_at_mark != 1.0)
        return refusal("want 0 or 1", "held_at_mark");
    for (std::size_t i = 0; i < rows; ++i)
        if (params.tier_maintenance_rates[i] > params.tier_initial_rates[i])
            return refusal(fmt::format("want it not above the initial rate in row {}", i + 1),
                           "tier_maintenance_rates");
    return Ok{};
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

/// What one underlying's positions are charged by.
struct Charge {
    const Tiers* tiers = nullptr;
    double imf_factor = 0.0;
    std::optional<LiquidityTier> open_interest;  // caps in 1e-6 of account currency
    double open_interest_value = 0.0;
};

struct Levels {
    double at_tier = 0.0, initial = 0.0, maintenance = 0.0;
};

class TieredModel final : public Model {
public:
    TieredModel(TieredParams params, TiersByAsset tiers, const market::Market& market)
        : params_{std::move(params)}, tiers_{std::move(tiers)}, book_{market, params_} {}

    Status require(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out) override;
    [[nodiscard]] std::span<const std::string_view> off() const override { return off_parts; }
    [[nodiscard]] const market::View& view() const override { return book_.view(); }
    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const override {
        return book_.collateral_unit(asset);
    }

private:
    [[nodiscard]] Charge charge_of(const std::string& asset) const;
    Status add(std::span<const market::Holding> held, const market::Shift& shift, Levels& sum) const;
    [[nodiscard]] double initial_rate(const Charge& charge, double tier_rate, double qty) const;

    TieredParams params_;
    TiersByAsset tiers_;
    Book book_;
};

Charge TieredModel::charge_of(const std::string& asset) const {
    Charge charge;
    auto found = tiers_.find(asset);
    if (found == tiers_.end()) found = tiers_.find(every_other_asset);
    if (found == tiers_.end()) return charge;
    charge.tiers = &found->second;
    charge.imf_factor = by_asset(params_.imf_factors, asset, 0.0);
    charge.open_interest_value = by_asset(params_.open_interest_value, asset, 0.0);
    const double upper = by_asset(params_.open_interest_upper, asset, 0.0);
    const double lower = by_asset(params_.open_interest_lower, asset, 0.0);
    if (upper > lower)
        charge.open_interest =
            LiquidityTier{0, 0, std::llround(lower * one_million), std::llround(upper * one_million)};
    return charge;
}

double TieredModel::initial_rate(const Charge& charge, double tier_rate, double qty) const {
    const double by_size = size_scaled_rate(tier_rate, params_.imf_base_share, charge.imf_factor, qty);
    if (!charge.open_interest) return by_size;
    LiquidityTier tier = *charge.open_interest;
    tier.initial_ppm = std::llround(tier_rate * one_million);
    const Wide open_interest = std::llround(charge.open_interest_value * one_million);
    const auto ppm = static_cast<double>(adjusted_initial_ppm(tier, open_interest));
    return std::max(by_size, ppm / one_million);
}

Status TieredModel::add(std::span<const market::Holding> held, const market::Shift& shift,
                        Levels& sum) const {
    const market::Priced& priced = book_.priced(held.front().instrument);
    const Charge charge = charge_of(book_.market().asset_name(priced.underlying));
    if (priced.contract.kind == pricing::ContractKind::option || charge.tiers == nullptr)
        return Error{Errc::out_of_domain,
                     fmt::format("want perps, futures or spot of an underlying with tiers, got {}",
                                 book_.market().symbol(held.front().instrument)),
                     "", 0};
    const double factor = params_.held_at_mark == 1.0 ? 1.0 : market::factor_of(shift, priced.underlying);
    const Exposure exposure = exposure_of(held, priced, factor);
    const double fee = exposure.notional * params_.closing_fee_rate;
    const double tier_rate = charge.tiers->initial.rate(exposure.notional);
    const double maintenance_rate = charge.tiers->maintenance.rate(exposure.notional);
    const double premium =
        size_scaled_rate(maintenance_rate, params_.imf_base_share,
                         charge.imf_factor * params_.imf_maintenance_share, exposure.units) -
        maintenance_rate;
    sum.at_tier += exposure.notional * tier_rate + fee;
    sum.initial += exposure.notional * initial_rate(charge, tier_rate, exposure.units) + fee;
    sum.maintenance +=
        charge.tiers->maintenance.requirement(exposure.notional) + exposure.notional * premium + fee;
    return Ok{};
}

Status TieredModel::require(const market::Portfolio& portfolio, const market::Shift& shift,
                            Requirement& out) {
    if (Status valued = book_.value(portfolio, shift, out); !valued) return valued;
    Levels sum;
    const Status added = for_each_instrument(
        portfolio, [&](std::span<const market::Holding> held) { return add(held, shift, sum); });
    if (!added) return added;
    std::array<double, 2> levels{sum.at_tier, sum.initial};
    to_exact_grid(levels);
    out.parts = {.base = levels[0], .concentration = levels[1] - levels[0]};
    out.initial_margin = levels[1];
    out.maintenance_margin = std::min(sum.maintenance, levels[1]);
    out.has_worst = false;
    return Ok{};
}

}  // namespace

Result<std::unique_ptr<Model>> make_tiered(const policy::Document& document, const market::Market& market) {
    auto params = document.params<TieredParams>();
    if (!params) return params.error();
    if (const Status valid = check(*params); !valid) return valid.error();
    auto tiers = tiers_of(*params);
    if (!tiers) return tiers.error();
    return std::unique_ptr<Model>{
        std::make_unique<TieredModel>(*std::move(params), *std::move(tiers), market)};
}

}  // namespace tidemark::margin
