// Charges of a scenario margin that are not scenarios: on size, on naked shorts, on the roll, on doubtful
// prices.
#pragma once

#include <vector>

#include "core/result.hpp"
#include "margin/portfolio/underlying_legs.hpp"

namespace tidemark::margin {

/// All in the currency of the book, at least 0.
struct Charges {
    double futures = 0.0, offset_futures = 0.0, naked_shorts = 0.0, collateral = 0.0, roll = 0.0,
           concentration = 0.0;

    [[nodiscard]] double total() const {
        return futures + offset_futures + naked_shorts + collateral + roll + concentration;
    }
};

struct Contingencies {
    Charges maintenance;
    Charges initial;          // on top
    double oracle = 0.0;      // initial margin only
    double least_loss = 0.0;  // what minimum_delta sets under the scenario loss
};

/// Options short without the other side at their strike: a long call closes a short put and the reverse, up
/// to the smaller of the two.
double naked_shorts(const ExpiryLegs& expiry);

/// max(least, annualised x years), of |qty|.
double roll_rate(const RollRule& rule, double years);

/// unhedged x |net| + hedged x (gross - |net|) / 2, times spot (Paradex, portfolio margin).
double minimum_delta(const std::vector<double>& deltas, double spot, const MinimumDelta& rule);

/// min(max_rate, rate_per_unit x (|delta| - threshold_value / spot)) x |delta|, in units; 0 below the
/// threshold.
double delta_concentration(double delta, double spot, const DeltaConcentration& rule);

/// Whether a rule charges by delta at all.
bool charges_delta(const ScenarioRule& rule);

/// One for each future, each spot-following collateral and each option, in units of the underlying.
Result<std::vector<double>> leg_deltas(const UnderlyingLegs& book);

/// Fails as check_book does.
Result<Contingencies> contingencies(const UnderlyingLegs& book, const ScenarioRule& rule);

}  // namespace tidemark::margin
