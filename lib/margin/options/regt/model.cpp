#include "margin/options/regt/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/errors.hpp"
#include "core/time.hpp"
#include "margin/model/by_asset.hpp"
#include "margin/model/by_instrument.hpp"
#include "margin/model/exact_sums.hpp"
#include "margin/options/regt/pairing.hpp"

namespace tidemark::margin {
namespace {

constexpr std::array charged_parts{Part::base};

struct Group {
    market::AssetId underlying = 0;
    std::vector<StrategyLeg> legs;  // account currency
    Shares shares;
};

class RegtModel final : public Model {
public:
    RegtModel(RegtParams params, const market::Market& market)
        : params_{std::move(params)}, prices_{market, params_, AccountValuation::Needs::marks} {}

    Status require(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out) override;
    [[nodiscard]] std::span<const Part> charged() const override { return charged_parts; }
    [[nodiscard]] const market::View& view() const override { return prices_.view(); }
    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const override {
        return prices_.collateral_unit(asset);
    }

private:
    Status add(std::span<const market::Holding> held, const market::Shift& shift);
    Group& group_of(market::AssetId underlying);
    Result<StrategyUnderlying> underlying_of(const Group& group, const market::Shift& shift, Timestamp now,
                                             Requirement& out) const;
    [[nodiscard]] StrategyParams strategy_params(double long_share_rate, double short_share_rate) const;

    RegtParams params_;
    AccountValuation prices_;
    std::vector<Group> groups_;
};

Group& RegtModel::group_of(market::AssetId underlying) {
    const auto found = std::find_if(groups_.begin(), groups_.end(),
                                    [&](const Group& group) { return group.underlying == underlying; });
    if (found != groups_.end()) return *found;
    return groups_.emplace_back(Group{underlying, {}, {}});
}

Status RegtModel::add(std::span<const market::Holding> held, const market::Shift& shift) {
    const market::Priced& priced = prices_.priced(held.front().instrument);
    const double factor = market::factor_of(shift, priced.underlying), qty = net_qty(held);
    const double price = market::unit_value(priced, 0.0, factor);
    if (priced.contract.kind == pricing::ContractKind::spot) {
        group_of(priced.underlying).shares = {qty, price};
        return Ok{};
    }
    if (priced.contract.kind != pricing::ContractKind::option)
        return Error{
            Errc::out_of_domain,
            fmt::format("want options and shares, got {}", prices_.market().symbol(held.front().instrument)),
            "", 0};
    group_of(priced.underlying)
        .legs.push_back({priced.contract.option_type, priced.contract.strike.value() * priced.conversion,
                         price, qty / params_.contract_size, priced.years * days_per_year});
    return Ok{};
}

Result<StrategyUnderlying> RegtModel::underlying_of(const Group& group, const market::Shift& shift,
                                                    Timestamp now, Requirement& out) const {
    const std::string& name = prices_.market().asset_name(group.underlying);
    const auto& broad = params_.broad_underlyings;
    StrategyUnderlying underlying{group.shares.price, by_asset(params_.leverage, name, 1.0),
                                  std::find(broad.begin(), broad.end(), name) != broad.end()};
    if (group.legs.empty()) return underlying;
    const auto index = prices_.index(group.underlying, now, out.oldest);
    if (!index) return index.error();
    underlying.price = index->price * market::factor_of(shift, group.underlying);
    return underlying;
}

StrategyParams RegtModel::strategy_params(double long_share_rate, double short_share_rate) const {
    return {.narrow_rate = params_.narrow_rate,
            .broad_rate = params_.broad_rate,
            .least_rate = params_.least_rate,
            .long_term_rate = params_.long_term_rate,
            .long_term_days = params_.long_term_days,
            .long_share_rate = long_share_rate,
            .short_share_rate = short_share_rate,
            .contract_size = params_.contract_size};
}

Status RegtModel::require(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out) {
    if (Status valued = prices_.value(portfolio, shift, out); !valued) return valued;
    groups_.clear();
    const Status added = for_each_instrument(
        portfolio, [&](std::span<const market::Holding> held) { return add(held, shift); });
    if (!added) return added;
    const StrategyParams initial_params =
        strategy_params(params_.initial_long_share_rate, params_.initial_short_share_rate);
    const StrategyParams maintenance_params =
        strategy_params(params_.maintenance_long_share_rate, params_.maintenance_short_share_rate);
    const Timestamp now = prices_.market().as_of(portfolio.ts);
    std::array<double, 1> initial{0.0};
    double maintenance = 0.0;
    for (const Group& group : groups_) {
        const auto underlying = underlying_of(group, shift, now, out);
        if (!underlying) return underlying.error();
        const auto first =
            cheapest_pairing(group.legs, group.shares, *underlying, initial_params, Basis::equity);
        if (!first) return first.error();
        const auto kept =
            cheapest_pairing(group.legs, group.shares, *underlying, maintenance_params, Basis::equity);
        if (!kept) return kept.error();
        initial[0] += first->requirement;
        maintenance += kept->requirement;
    }
    initial[0] = std::max(0.0, initial[0]);
    to_exact_grid(initial);
    out.parts = {};
    out.parts[Part::base] = initial[0];
    out.initial_margin = initial[0];
    out.maintenance_margin = std::clamp(maintenance, 0.0, initial[0]);
    out.has_worst = false;
    return Ok{};
}

}  // namespace

Result<std::unique_ptr<Model>> make_regt(const policy::Document& document, const market::Market& market) {
    auto params = document.params<RegtParams>();
    if (!params) return params.error();
    if (params->maintenance_long_share_rate > params->initial_long_share_rate)
        return bad_policy("want it not above the initial rate", "maintenance_long_share_rate");
    if (params->maintenance_short_share_rate > params->initial_short_share_rate)
        return bad_policy("want it not above the initial rate", "maintenance_short_share_rate");
    return std::unique_ptr<Model>{std::make_unique<RegtModel>(*std::move(params), market)};
}

}  // namespace tidemark::margin
