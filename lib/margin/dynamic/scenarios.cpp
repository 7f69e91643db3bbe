// Every scenario of the dynamic model, leg by leg.
#include <algorithm>

#include "margin/dynamic/underlying_sets.hpp"
#include "margin/model/by_instrument.hpp"

namespace tidemark::margin {

/// Every underlying makes the same part of its own range at once.
void UnderlyingSets::start_rows(ScenarioMatrix& out) {
    for (std::size_t k = 0; k < scenarios_.size(); ++k) {
        ScenarioRow& row = out.rows.emplace_back();
        for (const UnderlyingSet& set : sets_)
            row.moves.emplace_back(set.underlying, grid_of(set.underlying).grid.moves.factor[k] - 1.0);
        row.vol = scenarios_[k].vol;
        row.weight = scenarios_[k].weight;
    }
}

void UnderlyingSets::add_leg(const ScenarioLeg& leg, std::span<const double> row, double scale,
                             ScenarioMatrix& out) const {
    out.legs.push_back(leg);
    for (std::size_t k = 0; k < scenarios_.size(); ++k) {
        out.rows[k].losses.push_back(-scale * row[k]);
        out.rows[k].loss -= scale * row[k];
    }
}

Status UnderlyingSets::add_instrument(std::span<const market::Holding> held, ScenarioMatrix& out) {
    const market::InstrumentId id = held.front().instrument;
    const market::Priced& priced = prices_.priced(id);
    const Grid& grid = grid_of(priced.underlying).grid;
    const double qty = net_qty(held);
    std::vector<double> row(stride_);
    if (params_.repricing > 0.0) pricing::add_row(row, row_of(id, priced, grid, 1.0), params_.repricing);
    if (params_.repricing < 1.0)
        pricing::add_row(row, grid.linear,
                         market::sensitivity(priced, 1.0).exposure * (1.0 - params_.repricing));
    add_leg({{id, false}, qty}, row, qty, out);
    return Ok{};
}

Status UnderlyingSets::tabulate(const market::Portfolio& portfolio, const WorstScenario& worst,
                                ScenarioMatrix& out) {
    for (const UnderlyingSet& set : sets_) out.underlyings.push_back(set.underlying);
    start_rows(out);
    for (const market::Balance& balance : portfolio.balances) {
        const auto& pooled = out.underlyings;
        if (std::find(pooled.begin(), pooled.end(), balance.asset) == pooled.end()) continue;
        const auto value = prices_.valuation().asset(balance.asset);
        if (!value) return value.error();
        add_leg({{balance.asset, true}, balance.qty}, grid_of(balance.asset).grid.linear,
                balance.qty * value->price, out);
    }
    Status added = for_each_instrument(
        portfolio, [&](std::span<const market::Holding> held) { return add_instrument(held, out); });
    out.loss = worst.loss;
    for (std::size_t k = out.rows.size(); k-- > 0 && worst.loss > 0.0;) {
        if (scenarios_[k].vol == worst.vol && out.rows[k].moves == worst.moves) out.worst = k;
    }
    if (out.worst) out.binds = Binding::scenario;
    return added;
}

}  // namespace tidemark::margin
