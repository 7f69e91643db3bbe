// The scenario lists of portfolio margins, from the few numbers that venues state them by.
#pragma once

#include <span>
#include <vector>

#include "margin/portfolio/rule.hpp"
#include "pricing/contract.hpp"

namespace tidemark::margin {

/// -range to range in 2 per_side + 1 equal steps, lowest first.
std::vector<double> bucket_moves(double range, std::size_t per_side);

/// Every move under every volatility, moves first.
std::vector<RiskScenario> scenario_product(std::span<const double> moves, std::span<const VolMove> vols);

/// A move beyond the range, volatility up, of weight factor x range / |move|. An inverse contract's weight
/// also has (1 + move) / (1 +- range), which makes a future lose there just what it loses at the end of the
/// range. The result is relieved of (|move| / range - 1) x dampener in quote currency, inverse: at that end's
/// price (Deribit, portfolio margin, extended table).
struct ExtendedTable {
    double range = 0.0;
    double factor = 1.0;
    double dampener = 0.0;
};

RiskScenario extended_scenario(double move, const ExtendedTable& table, pricing::Payoff payoff);

/// The 16 of SPAN in their order: no move, a third, two thirds and all of the range, each up then down, each
/// with volatility up then down; then both extremes, extreme_multiple ranges of which extreme_cover counts.
std::vector<RiskScenario> span_scenarios(double range, double extreme_multiple, double extreme_cover);

}  // namespace tidemark::margin
