// Profit and loss of a book in every scenario of a rule, leg by leg.
#pragma once

#include <span>
#include <vector>

#include "core/result.hpp"
#include "margin/portfolio/risk_array.hpp"

namespace tidemark::margin {

/// Legs are the futures, the collateral, then the options expiry by expiry, each in the order of the book.
/// In quote currency; coin for an inverse book.
struct RiskMatrix {
    std::size_t scenarios = 0;
    std::vector<double> leg_pnl;      // leg by leg, a scenario each, weighted; they sum to pnl
    std::vector<double> leg_raw_pnl;  // before weights and static discounts: what a risk array shows
    std::vector<double> pnl;          // by scenario
    std::vector<double> counted;      // pnl after relief, and with gains at their offset and cap
    double option_value = 0.0;        // of all options now, discounted at their rates
    double basis_loss = 0.0;          // >= 0

    [[nodiscard]] std::span<const double> leg(std::size_t i) const {
        return std::span{leg_pnl}.subspan(i * scenarios, scenarios);
    }
    [[nodiscard]] std::span<const double> raw_leg(std::size_t i) const {
        return std::span{leg_raw_pnl}.subspan(i * scenarios, scenarios);
    }
};

/// Fails as check_book does, and with out_of_domain where a move takes the underlying of an option under 0.
/// A pricer made from the same rule is used where there is one.
Result<RiskMatrix> risk_matrix(const UnderlyingLegs& book, const ScenarioRule& rule,
                               RiskArrayPricer* pricer = nullptr);

/// Largest loss among profits and losses, at least 0 (SPAN's scan risk).
double scan_risk(std::span<const double> pnl);

}  // namespace tidemark::margin
