#include "margin/portfolio/scenario_margin.hpp"

#include <algorithm>
#include <cmath>

#include "core/rounding.hpp"

namespace tidemark::margin {
namespace {

/// What is left of a scenario where its legs cancel is rounding, not risk.
bool legs_cancel(const RiskMatrix& matrix, std::size_t scenario, double loss) {
    double gross = 0.0;
    for (std::size_t at = scenario; at < matrix.leg_pnl.size(); at += matrix.scenarios)
        gross += std::fabs(matrix.leg_pnl[at]);
    return is_rounding(loss, gross);
}

void find_worst(const RiskMatrix& matrix, double floor, ScenarioMargin& out) {
    out.worst = matrix.scenarios;
    out.scenario_loss = std::max(matrix.basis_loss, floor);
    if (out.scenario_loss > 0.0)
        out.binds = floor == out.scenario_loss ? Binding::minimum_delta : Binding::basis;
    for (std::size_t k = 0; k < matrix.scenarios; ++k) {
        if (-matrix.counted[k] <= out.scenario_loss || legs_cancel(matrix, k, -matrix.counted[k])) continue;
        out.scenario_loss = -matrix.counted[k];
        out.binds = Binding::scenario;
        out.worst = k;
    }
}

void add_requirements(const UnderlyingLegs& book, const ScenarioRule& rule, ScenarioMargin& out) {
    const double charges = out.charges.maintenance.total() + book.contingency;
    const double initial_factor = rule.initial_factor + peg_add_on(book.stable, rule.peg);
    const auto required = [&](double factor) {
        const double scaled = out.scenario_loss + (rule.factor_on_charges ? charges : 0.0);
        return factor * scaled + (rule.factor_on_charges ? 0.0 : charges) + book.provision;
    };
    out.maintenance = required(rule.maintenance_factor);
    out.initial =
        required(initial_factor) + out.charges.initial.total() + out.charges.oracle + book.initial_provision;
}

}  // namespace

double peg_add_on(double stable, const PegRule& rule) {
    return std::max(0.0, rule.threshold - stable) * rule.factor;
}

Result<ScenarioMargin> scenario_margin(const UnderlyingLegs& book, const ScenarioRule& rule,
                                       RiskArrayPricer* pricer) {
    auto matrix = risk_matrix(book, rule, pricer);
    if (!matrix) return matrix.error();
    const auto charges = contingencies(book, rule);
    if (!charges) return charges.error();
    ScenarioMargin out;
    out.matrix = *std::move(matrix);
    out.charges = *charges;
    out.mark_to_market = book.cash + out.matrix.option_value;
    for (const CollateralLeg& leg : book.collateral) out.mark_to_market += leg.value;
    find_worst(out.matrix, charges->least_loss, out);
    add_requirements(book, rule, out);
    return out;
}

}  // namespace tidemark::margin
