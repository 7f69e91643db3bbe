#include "margin/portfolio/model.hpp"

#include <algorithm>
#include <array>

#include "margin/model/by_asset.hpp"
#include "margin/model/exact_sums.hpp"
#include "margin/portfolio/scenario_rows.hpp"
#include "margin/portfolio/scenario_sets.hpp"

namespace tidemark::margin {
namespace {

constexpr std::array charged_parts{Part::base, Part::concentration, Part::account};

/// Running totals of all pools, account currency.
struct Totals {
    double loss = 0.0;     // times the initial factor
    double charges = 0.0;  // in both margins, as initial margin has them
    double extra = 0.0;    // in initial margin alone
    double maintenance = 0.0;
};

class ScenarioModel final : public Model {
public:
    ScenarioModel(ScenarioParams params, const market::Market& market)
        : params_{std::move(params)}, book_{market, params_}, sets_{params_, book_} {}

    Status require(const market::Portfolio& portfolio, const market::Shift& shift, Requirement& out) override;
    Status scenarios(const market::Portfolio& portfolio, ScenarioTable& out) override;
    [[nodiscard]] std::span<const Part> charged() const override { return charged_parts; }
    [[nodiscard]] const market::View& view() const override { return book_.view(); }
    [[nodiscard]] Result<double> collateral_unit(market::AssetId asset) const override {
        return book_.collateral_unit(asset);
    }

private:
    [[nodiscard]] Result<double> haircut_charge(const market::Portfolio& portfolio,
                                                const market::Shift& shift) const;
    Result<ScenarioMargin> margin_of(const ScenarioSet& set);
    Status add_pool(const ScenarioSet& set, double stable, Totals& totals);
    void put_move(market::AssetId underlying, double move, double loss);
    void add_worst(const ScenarioSet& set, const ScenarioMargin& margin, const ScenarioRule& rule);

    ScenarioParams params_;
    AccountValuation book_;
    ScenarioSets sets_;
    WorstScenario worst_;
    std::vector<double> move_losses_;  // beside the moves of worst_
    double largest_ = 0.0;             // loss of one pool so far
};

Result<double> ScenarioModel::haircut_charge(const market::Portfolio& portfolio,
                                             const market::Shift& shift) const {
    double sum = 0.0;
    for (const market::Balance& balance : portfolio.balances) {
        const double rate = by_asset(params_.initial_haircuts, book_.market().asset_name(balance.asset), 0.0);
        if (rate == 0.0 || balance.qty <= 0.0) continue;
        const auto value = book_.valuation().asset(balance.asset);
        if (!value) return value.error();
        sum += balance.qty * value->price * market::factor_of(shift, balance.asset) * rate;
    }
    return sum;
}

/// An underlying's linear and inverse positions have a worst move each: the costlier is named.
void ScenarioModel::put_move(market::AssetId underlying, double move, double loss) {
    for (std::size_t i = 0; i < worst_.moves.size(); ++i) {
        if (worst_.moves[i].first != underlying) continue;
        if (loss > move_losses_[i]) {
            worst_.moves[i].second = move;
            move_losses_[i] = loss;
        }
        return;
    }
    worst_.moves.emplace_back(underlying, move);
    move_losses_.push_back(loss);
}

void ScenarioModel::add_worst(const ScenarioSet& set, const ScenarioMargin& margin,
                              const ScenarioRule& rule) {
    const bool one = margin.worst < margin.matrix.scenarios;
    const double move = one ? rule.scenarios[margin.worst].move : 0.0;
    const double loss = margin.scenario_loss * set.conversion;
    worst_.loss += loss;
    put_move(set.underlying, move, loss);
    if (loss <= largest_) return;
    largest_ = loss;
    worst_.vol = one ? rule.scenarios[margin.worst].vol : VolMove::none;
}

Result<ScenarioMargin> ScenarioModel::margin_of(const ScenarioSet& set) {
    SetRule& rule = sets_.rule(set.underlying, set.legs.payoff);
    return scenario_margin(set.legs, rule.rule, &rule.pricer);
}

Status ScenarioModel::add_pool(const ScenarioSet& set, double stable, Totals& totals) {
    SetRule& rule = sets_.rule(set.underlying, set.legs.payoff);
    const auto margin = margin_of(set);
    if (!margin) return margin.error();
    const double factor = rule.rule.initial_factor + peg_add_on(stable, rule.rule.peg);
    const double charges = margin->charges.maintenance.total();
    totals.loss += factor * margin->scenario_loss * set.conversion;
    totals.charges += charges * set.conversion * (rule.rule.factor_on_charges ? factor : 1.0);
    totals.extra += (margin->charges.initial.total() + margin->charges.oracle) * set.conversion;
    totals.maintenance += margin->maintenance * set.conversion;
    add_worst(set, *margin, rule.rule);
    return Ok{};
}

Status ScenarioModel::require(const market::Portfolio& portfolio, const market::Shift& shift,
                              Requirement& out) {
    if (Status valued = book_.value(portfolio, shift, out); !valued) return valued;
    if (Status filled = sets_.fill(portfolio, shift); !filled) return filled;
    const auto haircuts = haircut_charge(portfolio, shift);
    if (!haircuts) return haircuts.error();
    Totals totals{.extra = *haircuts};
    worst_ = {};
    move_losses_.clear();
    largest_ = 0.0;
    const auto stable = book_.stable_price(params_.peg_assets);
    if (!stable) return stable.error();
    for (const ScenarioSet& set : sets_.sets()) {
        if (Status added = add_pool(set, *stable, totals); !added) return added;
        if (shift.empty()) book_.note_unsure(set.underlying, book_.market().as_of(portfolio.ts), out);
    }
    std::array<double, 3> levels{totals.loss, totals.loss + totals.charges,
                                 totals.loss + totals.charges + totals.extra};
    to_exact_grid(levels);
    out.parts = {};
    out.parts[Part::base] = levels[0];
    out.parts[Part::concentration] = levels[1] - levels[0];
    out.parts[Part::account] = levels[2] - levels[1];
    out.initial_margin = levels[2];
    out.maintenance_margin = std::min(totals.maintenance, levels[2]);
    out.oldest = std::min(out.oldest, sets_.oldest());
    out.has_worst = shift.empty() && !worst_.moves.empty();
    if (out.has_worst) out.worst = worst_;
    return Ok{};
}

Status ScenarioModel::scenarios(const market::Portfolio& portfolio, ScenarioTable& out) {
    out = {};
    Requirement whole;
    if (Status required = require(portfolio, {}, whole); !required) return required;
    const auto stable = book_.stable_price(params_.peg_assets);
    if (!stable) return stable.error();
    for (const ScenarioSet& set : sets_.sets()) {
        const auto margin = margin_of(set);
        if (!margin) return margin.error();
        const ScenarioRule& rule = sets_.rule(set.underlying, set.legs.payoff).rule;
        out.matrices.push_back(
            scenario_matrix(set, *margin, rule, rule.initial_factor + peg_add_on(*stable, rule.peg)));
    }
    const auto haircuts = haircut_charge(portfolio, {});
    if (!haircuts) return haircuts.error();
    if (*haircuts > 0.0) out.charges.push_back({"initial haircuts", *haircuts, 0.0});
    return Ok{};
}

}  // namespace

Result<std::unique_ptr<Model>> make_scenario(const policy::Document& document, const market::Market& market) {
    auto params = document.params<ScenarioParams>();
    if (!params) return params.error();
    if (const Status fits = consistent(*params); !fits) return fits.error();
    return std::unique_ptr<Model>{std::make_unique<ScenarioModel>(*std::move(params), market)};
}

}  // namespace tidemark::margin
