#include "margin/portfolio/scenario_rows.hpp"

namespace tidemark::margin {
namespace {

/// In the order of RiskMatrix.
std::vector<ScenarioLeg> legs_of(const UnderlyingLegs& book) {
    std::vector<ScenarioLeg> legs;
    for (const FutureLeg& leg : book.futures) legs.push_back({leg.key, leg.qty});
    for (const CollateralLeg& leg : book.collateral) legs.push_back({leg.key, leg.qty});
    for (const ExpiryLegs& expiry : book.expiries) {
        for (const OptionLeg& leg : expiry.options) legs.push_back({leg.key, leg.qty});
    }
    return legs;
}

ScenarioRow row_of(const RiskMatrix& matrix, std::size_t k, const RiskScenario& scenario,
                   const ScenarioSet& set) {
    ScenarioRow row;
    row.moves = {{set.underlying, scenario.move}};
    row.vol = scenario.vol;
    row.weight = scenario.weight;
    double sum = 0.0;
    for (std::size_t at = k; at < matrix.leg_pnl.size(); at += matrix.scenarios) {
        row.losses.push_back(-matrix.leg_pnl[at] * set.conversion);
        sum += row.losses.back();
    }
    row.loss = -matrix.counted[k] * set.conversion;
    // Only where the rule has one: else the rounding of the sum would be taken for it.
    if (matrix.counted[k] != matrix.pnl[k]) row.relief = row.loss - sum;
    return row;
}

std::vector<ScenarioCharge> charges_of(const Contingencies& found, const ScenarioRule& rule,
                                       double initial_factor, double conversion) {
    std::vector<ScenarioCharge> charges;
    const double initial = rule.factor_on_charges ? initial_factor : 1.0;
    const double maintenance = rule.factor_on_charges ? rule.maintenance_factor : 1.0;
    const auto add = [&](std::string_view name, double both, double more) {
        if (both == 0.0 && more == 0.0) return;
        charges.push_back({name, (initial * both + more) * conversion, maintenance * both * conversion});
    };
    const auto charge = [&](std::string_view name, double Charges::*which) {
        add(name, found.maintenance.*which, found.initial.*which);
    };
    charge("futures", &Charges::futures);
    charge("offset futures", &Charges::offset_futures);
    charge("naked shorts", &Charges::naked_shorts);
    charge("collateral", &Charges::collateral);
    charge("roll", &Charges::roll);
    charge("concentration", &Charges::concentration);
    add("oracle", 0.0, found.oracle);
    return charges;
}

}  // namespace

ScenarioMatrix scenario_matrix(const ScenarioSet& set, const ScenarioMargin& margin, const ScenarioRule& rule,
                               double initial_factor) {
    ScenarioMatrix out;
    out.underlyings = {set.underlying};
    out.legs = legs_of(set.legs);
    for (std::size_t k = 0; k < margin.matrix.scenarios; ++k)
        out.rows.push_back(row_of(margin.matrix, k, rule.scenarios[k], set));
    const auto floor = [&](Binding which, double amount) {
        if (amount > 0.0) out.floors.emplace_back(which, amount * set.conversion);
    };
    floor(Binding::basis, margin.matrix.basis_loss);
    floor(Binding::minimum_delta, margin.charges.least_loss);
    out.loss = margin.scenario_loss * set.conversion;
    out.binds = margin.binds;
    if (margin.worst < margin.matrix.scenarios) out.worst = margin.worst;
    out.initial_factor = initial_factor;
    out.maintenance_factor = rule.maintenance_factor;
    out.charges = charges_of(margin.charges, rule, initial_factor, set.conversion);
    return out;
}

}  // namespace tidemark::margin
