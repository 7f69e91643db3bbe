// How much of a portfolio a partial liquidation takes: the fewest equal steps that bring it back.
#pragma once

#include <vector>

#include "core/result.hpp"

namespace tidemark::liquidation {

struct LiquidationState {
    double account_value = 0.0;
    double maintenance = 0.0;
    double unrealised = 0.0;  // profit of all positions, part of account_value
};

struct LiquidationSteps {
    double step = 0.2;          // of every position
    double target_ratio = 0.9;  // maintenance over account value is to come below this
    double penalty_rate = 0.0;  // of the maintenance that is closed
};

struct LiquidationStep {
    double share = 0.0;
    double maintenance = 0.0;    // left
    double penalty = 0.0;        // paid
    double account_value = 0.0;  // left
    double ratio = 0.0;
};

struct LiquidationShare {
    std::vector<LiquidationStep> steps;  // every one short of the whole
    double share = 0.0;                  // taken; 0 where the ratio is below the target already
    double collateral_change = 0.0;      // what closing that share realises, less the penalty
};

/// Closing at the mark does not change account value, the penalty does (Paradex, liquidations). Fails with
/// out_of_domain unless 0 < step <= 1 and everything is finite, the maintenance above 0.
Result<LiquidationShare> liquidation_share(const LiquidationState& state, const LiquidationSteps& rule);

/// The larger of what would be long and what would be short if all orders of that side filled, times rate and
/// mark (Paradex, cross margin). Orders are sizes, at least 0.
double open_size_margin(double qty, double buy_orders, double sell_orders, double rate, double mark_price);

}  // namespace tidemark::liquidation
