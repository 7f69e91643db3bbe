#include "margin/lending/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/errors.hpp"
#include "margin/lending/weighted_health.hpp"
#include "margin/model/by_asset.hpp"
#include "margin/model/by_instrument.hpp"
#include "margin/model/exact_sums.hpp"

namespace tidemark::margin {
namespace {

constexpr std::array charged_parts{Part::base};

/// The weights of one of the two margins.
struct Weights {
    const policy::Table &asset, &liability, &perp_asset, &perp_liability;
};

class LendingModel final : public Model {
public:
    LendingModel(LendingParams params, const market::Market& market)
        : params_{std::move(params)}, prices_{market, params_} {}

    Status require(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out) override;
    [[nodiscard]] std::span<const Part> charged() const override { return charged_parts; }
    [[nodiscard]] const market::View& view() const override { return prices_.view(); }

    /// A pool lends and borrows an asset at once; where perps settle in it the asset is one balance.
    [[nodiscard]] bool weighs_sides() const override {
        return params_.maintenance_perp_asset_weights.empty();
    }

    /// What a unit adds to health, since it adds to the requirement too.
    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const override {
        const auto value = prices_.collateral_unit(asset);
        if (!value) return value.error();
        return *value * by_asset(params_.maintenance_asset_weights, prices_.market().asset_name(asset), 0.0);
    }

private:
    Status fill(const market::Portfolio& portfolio, const market::Shift& shift);
    Status add_balance(const market::Balance& balance, const market::Shift& shift);
    Status add_perp(std::span<const market::Holding> held, const market::Shift& shift);
    void weigh(const Weights& weights);

    LendingParams params_;
    AccountValuation prices_;
    HealthAccount account_;
    std::vector<market::AssetId> tokens_, perps_;  // whose weights each entry of account_ has
};

Status LendingModel::add_balance(const market::Balance& balance, const market::Shift& shift) {
    const auto value = prices_.valuation().asset(balance.asset);
    if (!value) return value.error();
    const double price = collateral::unit_collateral(*value, balance.qty, 0.0, params_.confidence_multiple);
    tokens_.push_back(balance.asset);
    account_.tokens.push_back({balance.qty, price * market::factor_of(shift, balance.asset), 0.0, 0.0});
    return Ok{};
}

Status LendingModel::add_perp(std::span<const market::Holding> held, const market::Shift& shift) {
    const market::InstrumentId id = held.front().instrument;
    const market::Priced& priced = prices_.priced(id);
    const bool perp = priced.contract.kind == pricing::ContractKind::perp ||
                      priced.contract.kind == pricing::ContractKind::future;
    if (!perp || priced.contract.payoff == pricing::Payoff::inverse ||
        params_.maintenance_perp_asset_weights.empty())
        return Error{Errc::out_of_domain,
                     fmt::format("{} is not lent against by this policy", prices_.market().symbol(id)), "",
                     0};
    const auto settle = prices_.market().instrument(id).settle_asset;
    const auto token = std::find(tokens_.begin(), tokens_.end(), settle);
    const auto index = static_cast<std::size_t>(token - tokens_.begin());
    if (token == tokens_.end())
        if (Status added = add_balance({settle, 0.0}, shift); !added) return added;
    const double price = priced.price * market::factor_of(shift, priced.underlying);
    double paid = 0.0;
    for (const market::Holding& holding : held) paid += holding.qty * holding.entry;
    perps_.push_back(priced.underlying);
    account_.perps.push_back({.settle = index,
                              .base_lots = net_qty(held),
                              .bid_lots = 0.0,
                              .ask_lots = 0.0,
                              .quote = -paid,
                              .lot_value = price,
                              .base_asset_weight = 0.0,
                              .base_liability_weight = 0.0,
                              .overall_asset_weight = params_.perp_profit_weight});
    return Ok{};
}

Status LendingModel::fill(const market::Portfolio& portfolio, const market::Shift& shift) {
    account_ = {};
    tokens_.clear();
    perps_.clear();
    for (const market::Balance& balance : portfolio.balances)
        if (Status added = add_balance(balance, shift); !added) return added;
    return for_each_instrument(portfolio,
                               [&](std::span<const market::Holding> held) { return add_perp(held, shift); });
}

void LendingModel::weigh(const Weights& weights) {
    const auto name = [&](market::AssetId id) { return std::string_view{prices_.market().asset_name(id)}; };
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        account_.tokens[i].asset_weight = by_asset(weights.asset, name(tokens_[i]), 0.0);
        account_.tokens[i].liability_weight = by_asset(weights.liability, name(tokens_[i]), 0.0);
    }
    for (std::size_t i = 0; i < perps_.size(); ++i) {
        account_.perps[i].base_asset_weight = by_asset(weights.perp_asset, name(perps_[i]), 0.0);
        account_.perps[i].base_liability_weight = by_asset(weights.perp_liability, name(perps_[i]), 0.0);
    }
}

Status LendingModel::require(const market::Portfolio& portfolio, const market::Shift& shift,
                             Requirement& out) {
    if (Status valued = prices_.value(portfolio, shift, out); !valued) return valued;
    if (Status filled = fill(portfolio, shift); !filled) return filled;
    const LendingParams& p = params_;
    weigh({p.initial_asset_weights, p.initial_liability_weights, p.initial_perp_asset_weights,
           p.initial_perp_liability_weights});
    std::array<double, 1> initial{std::max(0.0, out.equity - weighted_health(account_))};
    weigh({p.maintenance_asset_weights, p.maintenance_liability_weights, p.maintenance_perp_asset_weights,
           p.maintenance_perp_liability_weights});
    const double maintenance = out.equity - weighted_health(account_);
    to_exact_grid(initial);
    out.parts = {};
    out.parts[Part::base] = initial[0];
    out.initial_margin = initial[0];
    out.maintenance_margin = std::clamp(maintenance, 0.0, initial[0]);
    out.has_worst = false;
    return Ok{};
}

Status check(const LendingParams& p) {
    if (p.default_haircut != 0.0 || !p.haircuts.empty())
        return bad_policy("want no haircut: the weights are one", "default_haircut");
    const std::pair<const policy::Table*, std::string_view> tables[] = {
        {&p.initial_asset_weights, "initial_asset_weights"},
        {&p.initial_liability_weights, "initial_liability_weights"},
        {&p.maintenance_asset_weights, "maintenance_asset_weights"},
        {&p.maintenance_liability_weights, "maintenance_liability_weights"},
        {&p.initial_perp_asset_weights, "initial_perp_asset_weights"},
        {&p.initial_perp_liability_weights, "initial_perp_liability_weights"},
        {&p.maintenance_perp_asset_weights, "maintenance_perp_asset_weights"},
        {&p.maintenance_perp_liability_weights, "maintenance_perp_liability_weights"}};
    const std::size_t wanted = p.maintenance_perp_asset_weights.empty() ? 4 : std::size(tables);
    for (std::size_t i = 0; i < wanted; ++i)
        if (!tables[i].first->contains(every_other_asset))
            return bad_policy("want an entry for *", tables[i].second);
    return Ok{};
}

}  // namespace

Result<std::unique_ptr<Model>> make_lending(const policy::Document& document, const market::Market& market) {
    auto params = document.params<LendingParams>();
    if (!params) return params.error();
    if (const Status valid = check(*params); !valid) return valid.error();
    return std::unique_ptr<Model>{std::make_unique<LendingModel>(*std::move(params), market)};
}

}  // namespace tidemark::margin
