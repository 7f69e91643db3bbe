#include "margin/tiered/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "margin/model/by_asset.hpp"
#include "margin/model/by_instrument.hpp"
#include "margin/model/exact_sums.hpp"
#include "margin/model/notional_tiers.hpp"
#include "margin/tiered/open_interest.hpp"
#include "margin/tiered/size_premium.hpp"
#include "margin/tiered/tiers_by_asset.hpp"

namespace tidemark::margin {
namespace {

constexpr std::array charged_parts{Part::base, Part::concentration, Part::orders};

/// What one underlying's positions are charged by.
struct Charge {
    const Tiers* tiers = nullptr;
    double size_limit = INFINITY;
    double least_initial_rate = 0.0;  // of the leverage chosen
    double imf_factor = 0.0;
    std::optional<LiquidityTier> open_interest;  // caps in 1e-6 of account currency
    double open_interest_value = 0.0;
};

constexpr double most_interest = 9e12;  // in 1e-6 of it the most that 64 bits hold

struct Levels {
    double at_tier = 0.0, initial = 0.0, maintenance = 0.0;
};

class TieredModel final : public Model {
public:
    TieredModel(TieredParams params, TiersByAsset tiers, const market::Market& market)
        : params_{std::move(params)}, tiers_{std::move(tiers)}, prices_{market, params_} {}

    Status require(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out) override;
    [[nodiscard]] std::span<const Part> charged() const override {
        return std::span{charged_parts}.first(params_.orders_weight > 0.0 ? 3 : 2);
    }
    [[nodiscard]] const market::View& view() const override { return prices_.view(); }
    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const override {
        return prices_.collateral_unit(asset);
    }

private:
    [[nodiscard]] Charge charge_of(market::InstrumentId id, const market::Priced& priced) const;
    Status add_side(std::span<const market::Holding> held, const market::Shift& shift, Levels& sum) const;
    Status add(std::span<const market::Holding> held, const market::Shift& shift, Levels& sum);
    Result<double> initial_with(std::span<const market::Holding> held, std::span<const market::Order> orders,
                                bool buys);
    Status add_loans(const market::Portfolio& portfolio, const market::Shift& shift, Levels& sum) const;
    Result<double> orders(const market::Portfolio& portfolio, Requirement& out);
    [[nodiscard]] Exposure exposure(std::span<const market::Holding> held, const market::Shift& shift) const;
    [[nodiscard]] double closing_fee(std::span<const market::Holding> held, double notional,
                                     double rate) const;
    [[nodiscard]] double initial_rate(const Charge& charge, double tier_rate, double qty) const;

    TieredParams params_;
    TiersByAsset tiers_;
    AccountValuation prices_;
    std::vector<market::Holding> longs_, shorts_, filled_;  // room
};

Charge TieredModel::charge_of(market::InstrumentId id, const market::Priced& priced) const {
    Charge charge;
    const std::string& asset = prices_.market().asset_name(priced.underlying);
    auto found = tiers_.find(asset);
    if (found == tiers_.end()) found = tiers_.find(every_other_asset);
    if (found == tiers_.end()) return charge;
    charge.tiers = &found->second;
    charge.size_limit = by_asset(params_.size_limits, asset, INFINITY);
    charge.least_initial_rate = 1.0 / by_asset(params_.leverages, asset, INFINITY);
    charge.imf_factor = by_asset(params_.imf_factors, asset, 0.0);
    const double quoted =
        prices_.market().instrument(id).quote->open_interest.value_or(0.0) * priced.exposure;
    charge.open_interest_value = std::max(quoted, by_asset(params_.open_interest_value, asset, 0.0));
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
    const Wide open_interest =
        std::llround(std::min(charge.open_interest_value, most_interest) * one_million);
    const auto ppm = static_cast<double>(adjusted_initial_ppm(tier, open_interest));
    return std::max(by_size, ppm / one_million);
}

Exposure TieredModel::exposure(std::span<const market::Holding> held, const market::Shift& shift) const {
    const market::Priced& priced = prices_.priced(held.front().instrument);
    const double factor = market::factor_of(shift, priced.underlying);
    if (params_.held_at_entry == 1.0) return exposure_at_entry(held, priced, factor);
    return exposure_of(held, priced, params_.held_at_mark == 1.0 ? 1.0 : factor);
}

/// At bankruptcy the price has moved by `rate` against the position: a linear contract's value with it, an
/// inverse one's in coin the other way.
double TieredModel::closing_fee(std::span<const market::Holding> held, double notional, double rate) const {
    if (params_.closing_fee_at_bankruptcy == 0.0) return notional * params_.closing_fee_rate;
    const bool inverse = prices_.priced(held.front().instrument).contract.payoff == pricing::Payoff::inverse;
    const bool falls = (net_qty(held) > 0.0) != inverse;
    return notional * (falls ? 1.0 - rate : 1.0 + rate) * params_.closing_fee_rate;
}

Status TieredModel::add_side(std::span<const market::Holding> held, const market::Shift& shift,
                             Levels& sum) const {
    const market::Priced& priced = prices_.priced(held.front().instrument);
    const Charge charge = charge_of(held.front().instrument, priced);
    const std::string& symbol = prices_.market().symbol(held.front().instrument);
    if (priced.contract.kind == pricing::ContractKind::option || charge.tiers == nullptr)
        return Error{Errc::out_of_domain,
                     fmt::format("want perps, futures or spot of an underlying with tiers, got {}", symbol),
                     "", 0};
    const auto [notional, units] = exposure(held, shift);
    if (notional == 0.0) return Ok{};
    const double size = params_.tiers_in_units == 1.0 ? units : notional;
    if (shift.empty() && size > charge.size_limit)
        return Error{Errc::out_of_domain,
                     fmt::format("the policy's tiers of {} end at a size of {}, got {}", symbol,
                                 charge.size_limit, size),
                     "", 0};
    const double tier_rate = std::max(charge.tiers->initial.rate(size), charge.least_initial_rate);
    const double maintenance_rate = charge.tiers->maintenance.rate(size);
    const double by_tier = params_.tiers_are_graded == 1.0
                               ? charge.tiers->maintenance.requirement(size) * (notional / size)
                               : notional * maintenance_rate;
    const double premium = size_scaled_rate(maintenance_rate, params_.imf_base_share,
                                            charge.imf_factor * params_.imf_maintenance_share, units) -
                           maintenance_rate;
    const double fee = closing_fee(held, notional, tier_rate);
    sum.at_tier += notional * tier_rate + fee;
    sum.initial += notional * initial_rate(charge, tier_rate, units) + fee;
    sum.maintenance += by_tier + notional * premium + fee;
    return Ok{};
}

/// Both sides of a contract are held apart in hedge mode: each is a position of its own.
Status TieredModel::add(std::span<const market::Holding> held, const market::Shift& shift, Levels& sum) {
    const auto is_long = [](const market::Holding& holding) { return holding.qty > 0.0; };
    const bool both =
        std::any_of(held.begin(), held.end(), is_long) && !std::all_of(held.begin(), held.end(), is_long);
    if (!both || params_.opposite_sides == "net") return add_side(held, shift, sum);
    longs_.clear();
    shorts_.clear();
    for (const market::Holding& holding : held) (is_long(holding) ? longs_ : shorts_).push_back(holding);
    Levels up, down;
    if (Status added = add_side(longs_, shift, up); !added) return added;
    if (Status added = add_side(shorts_, shift, down); !added) return added;
    const bool larger = params_.opposite_sides == "larger";
    const auto both_of = [larger](double a, double b) { return larger ? std::max(a, b) : a + b; };
    sum.at_tier += both_of(up.at_tier, down.at_tier);
    sum.initial += both_of(up.initial, down.initial);
    sum.maintenance += both_of(up.maintenance, down.maintenance);
    return Ok{};
}

/// Of one contract with its buys, or its sells, filled. What they fill against is closed first, unless both
/// sides are held already.
Result<double> TieredModel::initial_with(std::span<const market::Holding> held,
                                         std::span<const market::Order> orders, bool buys) {
    const market::Priced& priced = prices_.priced(orders.front().instrument);
    filled_.assign(held.begin(), held.end());
    double qty = net_qty(held);
    const double before = qty;
    for (const market::Order& order : orders) {
        if ((order.qty > 0.0) != buys) continue;
        qty += order.qty;
        filled_.push_back(
            {order.instrument, order.qty, order.limit_price.value_or(priced.price), order.rank});
    }
    Levels levels;
    if (qty == before) return 0.0;
    const bool apart =
        std::any_of(held.begin(), held.end(), [&](const auto& h) { return (h.qty > 0.0) != (before > 0.0); });
    Status added = apart ? add(filled_, {}, levels) : add_side(filled_, {}, levels);
    if (!added) return added.error();
    return levels.initial;
}

/// What is owed, at the price that debt counts at, by the policy's own rates.
Status TieredModel::add_loans(const market::Portfolio& portfolio, const market::Shift& shift,
                              Levels& sum) const {
    if (params_.loan_initial_rates.empty()) return Ok{};
    for (const market::Balance& balance : portfolio.balances) {
        if (balance.qty >= 0.0) continue;
        const auto value = prices_.valuation().asset(balance.asset);
        if (!value) return value.error();
        const double unit =
            collateral::unit_collateral(*value, balance.qty, 0.0, prices_.view().confidence_multiple);
        const double owed = -balance.qty * unit * market::factor_of(shift, balance.asset);
        const std::string& asset = prices_.market().asset_name(balance.asset);
        const double initial = owed * by_asset(params_.loan_initial_rates, asset, 0.0);
        sum.at_tier += initial;
        sum.initial += initial;
        sum.maintenance += owed * by_asset(params_.loan_maintenance_rates, asset, 0.0);
    }
    return Ok{};
}

/// What open orders add to the initial margin: of each contract the worse of all its buys and all its sells.
Result<double> TieredModel::orders(const market::Portfolio& portfolio, Requirement& out) {
    const Timestamp now = prices_.market().as_of(portfolio.ts);
    double more = 0.0;
    const std::span<const market::Order> all{portfolio.orders};
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i + 1;
        while (end < all.size() && all[end].instrument == all[i].instrument) ++end;
        const auto of = all.subspan(i, end - i);
        i = end;
        if (Status known = prices_.price(of.front().instrument, now, out); !known) return known.error();
        std::vector<market::Holding> held;
        for (const market::Holding& holding : portfolio.holdings) {
            if (holding.instrument == of.front().instrument) held.push_back(holding);
        }
        Levels here;
        if (!held.empty()) {
            if (Status added = add(held, {}, here); !added) return added.error();
        }
        double worst = here.initial;
        for (const bool buys : {true, false}) {
            const auto filled = initial_with(held, of, buys);
            if (!filled) return filled.error();
            worst = std::max(worst, *filled);
        }
        more += worst - here.initial;
    }
    return more;
}

Status TieredModel::require(const market::Portfolio& portfolio, const market::Shift& shift,
                            Requirement& out) {
    if (Status valued = prices_.value(portfolio, shift, out); !valued) return valued;
    Levels sum;
    Status added = for_each_instrument(
        portfolio, [&](std::span<const market::Holding> held) { return add(held, shift, sum); });
    if (!added) return added;
    if (Status charged = add_loans(portfolio, shift, sum); !charged) return charged;
    double with_orders = sum.initial;
    if (shift.empty() && params_.orders_weight > 0.0 && !portfolio.orders.empty()) {
        const auto more = orders(portfolio, out);
        if (!more) return more.error();
        with_orders += params_.orders_weight * *more;
    }
    std::array<double, 3> levels{sum.at_tier, sum.initial, with_orders};
    to_exact_grid(levels);
    out.parts = {};
    out.parts[Part::base] = levels[0];
    out.parts[Part::concentration] = levels[1] - levels[0];
    out.parts[Part::orders] = levels[2] - levels[1];
    out.initial_margin = levels[2];
    out.maintenance_margin = std::min(sum.maintenance, levels[1]);
    out.has_worst = false;
    return Ok{};
}

}  // namespace

Result<std::unique_ptr<Model>> make_tiered(const policy::Document& document, const market::Market& market) {
    auto params = document.params<TieredParams>();
    if (!params) return params.error();
    if (const Status valid = check_tiered(*params); !valid) return valid.error();
    auto tiers = tiers_of(*params);
    if (!tiers) return tiers.error();
    return std::unique_ptr<Model>{
        std::make_unique<TieredModel>(*std::move(params), *std::move(tiers), market)};
}

}  // namespace tidemark::margin
