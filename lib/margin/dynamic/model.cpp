#include "margin/dynamic/model.hpp"

#include <algorithm>
#include <cmath>

#include "core/time.hpp"
#include "liquidity/close_out.hpp"
#include "margin/dynamic/equity.hpp"
#include "margin/dynamic/joint_loss.hpp"
#include "margin/dynamic/open_orders.hpp"
#include "margin/dynamic/parts.hpp"
#include "margin/dynamic/threshold.hpp"
#include "margin/dynamic/underlying_sets.hpp"

namespace tidemark::margin {
namespace {

/// What an account needs, before its open orders.
struct Assessed {
    double alone = 0.0;  // losses of the underlyings, added up
    double risk = 0.0;   // after offsets between them
    double liquidity = 0.0, concentration = 0.0;
    double most = 0.0;  // that can be lost; infinite where nothing bounds it
    double multiplier = 1.0;
    double state_factor = 1.0;  // of the worst market
    JointLoss joint;

    /// No add-on or multiplier makes an account need more than all it can lose.
    [[nodiscard]] double bounded(double level) const { return std::min(level, std::max(risk, most)); }
    [[nodiscard]] double need() const { return bounded(risk * multiplier + liquidity + concentration); }
};

class DynamicModel final : public Model {
public:
    DynamicModel(DynamicParams params, const market::Market& market, double shortfall);

    Status require(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out) override;
    Status scenarios(const market::Portfolio& portfolio, ScenarioTable& out) override;
    [[nodiscard]] std::span<const Part> charged() const override { return charged_; }
    [[nodiscard]] const market::View& view() const override { return prices_.view(); }
    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const override {
        return prices_.collateral_unit(asset);
    }

private:
    Result<Assessed> assess(const market::Portfolio& portfolio, const market::Shift& shift, Timestamp now,
                            Requirement* notes);
    void add_close_outs(Assessed& out, Timestamp now, Requirement* notes);
    [[nodiscard]] double longer_range(const UnderlyingSet& set, double days) const;
    Levels levels(const Assessed& assessed);
    Result<double> orders(const market::Portfolio& portfolio, double before, Timestamp now, Requirement& out);
    void add_notes(const JointLoss& joint, Requirement& out);
    void add_worst(const JointLoss& joint, Requirement& out);
    [[nodiscard]] double threshold(const Assessed& assessed, double maintenance) const;

    DynamicParams params_;
    double shortfall_;
    AccountValuation prices_;
    UnderlyingSets sets_;
    JointLosses joint_;
    liquidity::CloseOuts close_outs_;
    OpenOrders orders_;
    std::vector<LossRow> rows_;
    std::vector<Part> charged_;
};

DynamicModel::DynamicModel(DynamicParams params, const market::Market& market, double shortfall)
    : params_{std::move(params)},
      shortfall_{shortfall},
      prices_{market, params_},
      sets_{prices_, params_, shortfall},
      joint_{market, params_},
      close_outs_{market, params_} {
    for (const Part part : every<Part>()) {
        const double weight = part == Part::liquidity       ? params_.liquidity_weight
                              : part == Part::concentration ? params_.concentration_weight
                              : part == Part::orders        ? params_.orders_weight
                                                            : 1.0;
        if (weight > 0.0) charged_.push_back(part);
    }
}

/// What a range as long as the unwind adds to the loss of a pool: a linear one grows with the root of time,
/// one that is short options as the square of the range does, which is what constant gamma loses.
double DynamicModel::longer_range(const UnderlyingSet& set, double days) const {
    if (days <= params_.horizon_days) return 0.0;
    const double time = days / params_.horizon_days;
    const double loss = set.worst * (set.short_option ? time : std::sqrt(time));
    return std::max(0.0, std::min(loss, set.most) - set.worst);
}

void DynamicModel::add_close_outs(Assessed& out, Timestamp now, Requirement* notes) {
    for (const UnderlyingSet& set : sets_.sets()) {
        const liquidity::OpenRisk risk{set.crossed, std::fabs(set.held), set.vega};
        const auto cost = close_outs_.of(set.underlying, risk, sets_.range(set.underlying).annual_vol, now);
        out.liquidity += params_.liquidity_weight * cost.cost.amount;
        out.concentration += params_.concentration_weight * longer_range(set, cost.cost.days);
        out.state_factor = std::max(out.state_factor, cost.state_factor);
        out.most += set.most;
        const bool charged = params_.liquidity_weight + params_.concentration_weight > 0.0;
        if (notes == nullptr || !charged || cost.cost.amount <= 0.0) continue;
        if (cost.assumed) notes->assumed.push_back({Assumed::liquidity, set.underlying});
        const auto& record = prices_.market().asset(set.underlying).liquidity;
        if (record) notes->oldest = std::min(notes->oldest, record->ts);
    }
}

Result<Assessed> DynamicModel::assess(const market::Portfolio& portfolio, const market::Shift& shift,
                                      Timestamp now, Requirement* notes) {
    if (Status filled = sets_.fill(portfolio, shift, now); !filled) return filled.error();
    Assessed out;
    rows_.clear();
    for (std::size_t i = 0; i < sets_.sets().size(); ++i) {
        const UnderlyingSet& set = sets_.sets()[i];
        out.alone += set.worst;
        rows_.push_back({set.underlying, sets_.changes(i), set.down, set.up, set.linear});
    }
    out.joint = joint_.of(rows_, now);
    out.risk = out.joint.risk + (1.0 - params_.offset_share) * (out.alone - out.joint.risk);
    out.multiplier =
        std::clamp(portfolio.multiplier, params_.account_multiplier_floor, params_.account_multiplier_cap);
    add_close_outs(out, now, notes);
    return out;
}

Levels DynamicModel::levels(const Assessed& a) {
    Levels to{};
    for (const UnderlyingSet& set : sets_.sets()) {
        const Range& range = sets_.range(set.underlying);
        const double exposure = std::fabs(set.exposure);
        to[Part::base] += exposure * range.base;
        to[Part::volatility] += exposure * range.base * range.multiplier;
        to[Part::skew] += exposure * (set.exposure > 0.0 ? range.down : range.up);
    }
    to[Part::gamma] = a.alone;
    to[Part::correlation] = a.risk;
    to[Part::liquidity] = a.bounded(a.risk + a.liquidity);
    to[Part::concentration] = a.bounded(a.risk + a.liquidity + a.concentration);
    to[Part::account] = to[Part::orders] = a.need();
    return to;
}

/// The requirement with open orders at their worst fill.
Result<double> DynamicModel::orders(const market::Portfolio& portfolio, double before, Timestamp now,
                                    Requirement& out) {
    for (const market::Order& order : portfolio.orders) {
        if (Status known = prices_.price(order.instrument, now, out); !known) return known.error();
    }
    orders_.take(portfolio, prices_);
    auto worst = orders_.worst(portfolio, prices_, [&](const market::Portfolio& filled) -> Result<double> {
        const auto assessed = assess(filled, {}, now, nullptr);
        return assessed ? Result<double>{assessed->need()} : assessed.error();
    });
    if (!worst) return worst;
    return before + params_.orders_weight * std::max(0.0, *worst - before);
}

void DynamicModel::add_worst(const JointLoss& joint, Requirement& out) {
    const auto& scenarios = sets_.scenarios();
    out.has_worst = true;
    out.worst.moves.clear();
    out.worst.vol = scenarios[std::min(joint.worst, scenarios.size() - 1)].vol;
    out.worst.loss = joint.together;
    for (const UnderlyingSet& set : sets_.sets())
        out.worst.moves.emplace_back(set.underlying,
                                     sets_.grid(set.underlying).moves.factor[joint.worst] - 1.0);
}

void DynamicModel::add_notes(const JointLoss& joint, Requirement& out) {
    const market::Market& market = prices_.market();
    for (const UnderlyingSet& set : sets_.sets()) {
        const market::VolState& vol = *market.asset(set.underlying).vol;
        out.oldest = std::min(out.oldest, vol.ts);
        const LimitedVol& limited = sets_.range(set.underlying).limited;
        if (limited.speed)
            out.speed.push_back({set.underlying, vol.annual_vol, limited.annual_vol, *limited.speed});
    }
    if (joint.correlated) out.oldest = std::min(out.oldest, market.correlations().ts);
    if (!sets_.sets().empty()) add_worst(joint, out);
}

/// Deviations are those that the risk stands for, as if it were linear.
double DynamicModel::threshold(const Assessed& a, double maintenance) const {
    const double per_root_day = a.risk * a.multiplier / (shortfall_ * std::sqrt(days_per_year));
    ThresholdCosts costs;
    costs.maintenance = maintenance;
    costs.floor = params_.threshold_floor * maintenance;
    costs.close_out = a.liquidity;
    costs.latency_deviation =
        per_root_day * std::sqrt(params_.liquidation_minutes * a.state_factor / minutes_per_day);
    costs.monitor_deviation = per_root_day * std::sqrt(params_.monitoring_days);
    costs.false_cost = params_.false_liquidation_multiple * a.liquidity;
    costs.capital_rate = params_.capital_rate_per_year * params_.monitoring_days / days_per_year;
    return liquidation_threshold(costs);
}

/// Orders count at prices as they are: where the market has moved they have filled or gone.
Status DynamicModel::require(const market::Portfolio& portfolio, const market::Shift& shift,
                             Requirement& out) {
    out.speed.clear();
    out.has_worst = false;
    out.liquidation_threshold.reset();
    if (Status valued = prices_.value(portfolio, shift, out); !valued) return valued;
    out.assumed.clear();  // how sure prices are it notes by underlying, in confidence_charge()
    const bool moved = !shift.empty();
    const Timestamp now = prices_.market().as_of(portfolio.ts);
    const auto assessed = assess(portfolio, shift, now, moved ? nullptr : &out);
    if (!assessed) return assessed.error();
    std::vector<Assumption>* const assumed = moved ? nullptr : &out.assumed;
    out.confidence_charge = confidence_charge(sets_.sets(), portfolio, prices_, params_, assumed);
    out.haircut_charge =
        haircut_charge(portfolio, shift, {prices_, sets_, close_outs_, params_}, now, assumed);
    out.collateral_value -= out.haircut_charge;
    out.equity -= out.haircut_charge + out.confidence_charge;
    out.initial_margin = assessed->need();
    Levels all = levels(*assessed);
    if (!moved) {
        add_notes(assessed->joint, out);
        if (!portfolio.orders.empty() && params_.orders_weight > 0.0) {
            const auto with_orders = orders(portfolio, all[Part::account], now, out);
            if (!with_orders) return with_orders.error();
            all[Part::orders] = *with_orders;
        }
        put_parts(all, out);
    }
    out.maintenance_margin =
        params_.maintenance_ratio * std::min(assessed->risk * assessed->multiplier, out.initial_margin);
    if (!moved && params_.threshold_weight > 0.0 && out.maintenance_margin > 0.0)
        out.liquidation_threshold = threshold(*assessed, out.maintenance_margin);
    return Ok{};
}

Status DynamicModel::scenarios(const market::Portfolio& portfolio, ScenarioTable& out) {
    out = {};
    Requirement whole;
    if (Status required = require(portfolio, {}, whole); !required) return required;
    // Open orders were assessed last: the pools are to be those of the account as it is.
    const Timestamp now = prices_.market().as_of(portfolio.ts);
    if (Status filled = sets_.fill(portfolio, {}, now); !filled) return filled;
    if (sets_.sets().empty()) return Ok{};
    return sets_.tabulate(portfolio, whole.worst, out.matrices.emplace_back());
}

}  // namespace

Result<std::unique_ptr<Model>> make_dynamic(const policy::Document& document, const market::Market& market) {
    auto params = document.params<DynamicParams>();
    if (!params) return params.error();
    if (const Status fits = consistent(*params); !fits) return fits.error();
    const auto shortfall = shortfall_factor(*params);
    if (!shortfall) return shortfall.error();
    return std::unique_ptr<Model>{std::make_unique<DynamicModel>(*std::move(params), market, *shortfall)};
}

}  // namespace tidemark::margin
