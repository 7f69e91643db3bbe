// Margin by scenarios: the worst of them, what is charged besides, and the two requirements.
#pragma once

#include "margin/portfolio/charges.hpp"
#include "margin/portfolio/risk_matrix.hpp"

namespace tidemark::margin {

/// In the currency of the book. Requirements may be compared with mark_to_market: what is left over is the
/// headroom that Derive calls margin.
struct ScenarioMargin {
    RiskMatrix matrix;
    Contingencies charges;
    double mark_to_market = 0.0;  // cash, collateral and options
    double scenario_loss = 0.0;   // the worst scenario or the basis loss or the minimum delta, at least 0
    Binding binds = Binding::nothing;  // what the loss comes from
    std::size_t worst = 0;  // index of the scenario; matrix.scenarios where no scenario is what binds
    double maintenance = 0.0;
    double initial = 0.0;

    [[nodiscard]] double maintenance_headroom() const { return mark_to_market - maintenance; }
    [[nodiscard]] double initial_headroom() const { return mark_to_market - initial; }
};

/// maintenance = maintenance_factor x loss + charges + provisions
/// initial     = (initial_factor + peg) x loss + charges + initial charges + oracle + provisions
/// where factor_on_charges puts the maintenance charges under the factors as well.
/// Fails as risk_matrix does.
Result<ScenarioMargin> scenario_margin(const UnderlyingLegs& book, const ScenarioRule& rule,
                                       RiskArrayPricer* pricer = nullptr);

/// What the initial loss factor grows by where the stable coin stands below the threshold.
double peg_add_on(double stable, const PegRule& rule);

}  // namespace tidemark::margin
