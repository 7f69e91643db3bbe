// What a scenario margin is made of: the scenarios and charges of portfolio margins, all of it parameters.
// The rules of Derive (PMRM 1 and 2), Deribit (portfolio margin), Paradex and SPAN are values of
// ScenarioRule.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "core/margin_words.hpp"
#include "margin/model/notional_tiers.hpp"
#include "pricing/vol_shock.hpp"

namespace tidemark::margin {

struct RiskScenario {
    double move = 0.0;  // of the underlying, fraction
    VolMove vol = VolMove::none;
    double weight = 1.0;  // of every change of value
    double relief = 0.0;  // quote currency by which the result of a whole book is taken nearer 0
};

/// A skew scenario multiplies an option's volatility by 1 + x, x = k cap / k*, no further than cap on its
/// side of the forward; k = ln(K/F), or |k| for the absolute skew. cap = base + per_root_year sqrt(years)
/// (Derive PMRM 2).
struct SkewCap {
    double base = 0.0, per_root_year = 0.0;
};

/// k* = max(least, sqrt(years) scale (vol + vol_per_root_year sqrt(years))): where the smile flattens out.
struct SkewWidth {
    double least = 0.01, scale = 4.0, vol = 0.6, vol_per_root_year = 0.0;
};

/// The shocked value of an expiry is multiplied by base exp(-years (rate rate_multiple + rate_add)) where it
/// is positive; where negative by base exp(+...), no more than the inverse of its own discount factor.
struct StaticDiscount {
    double base = 1.0, rate_multiple = 0.0, rate_add = 0.0;
};

/// Loss of each expiry alone, the worse of a forward moved up and down, times add + per_year years.
struct BasisRule {
    double up = 0.0, down = 0.0;  // moves, fraction
    double add = 0.0, per_year = 0.0;
};

struct PegRule {
    double threshold = 0.0;  // below this price of the stable coin
    double factor = 0.0;     // the initial loss factor grows by this for each 1.00 of the gap
};

struct OracleRule {
    double threshold = 0.0;  // below this confidence
    double rate = 0.0;       // initial margin grows by notional times this times what is missing to 1
};

/// Fractions of a notional; `initial` comes on top of `maintenance`.
struct Charge {
    double maintenance = 0.0, initial = 0.0;
};

/// Each perp and future: |qty| times max(least, annualised years) (Deribit's roll shock).
struct RollRule {
    double least = 0.0, annualised = 0.0;
};

/// The scenario loss is at least (unhedged |net delta| + hedged (gross delta - |net delta|) / 2) spot
/// (Paradex).
struct MinimumDelta {
    double unhedged = 0.0, hedged = 0.0;
};

/// |delta| beyond a value is shocked by rate_per_unit for each unit above, at most max_rate. Deribit
/// publishes the three parameters; that they combine so is our reading.
struct DeltaConcentration {
    double threshold_value = std::numeric_limits<double>::infinity();
    double rate_per_unit = 0.0, max_rate = 0.0;
};

struct ScenarioRule {
    std::vector<RiskScenario> scenarios;
    pricing::VolShock vol_shock;
    SkewCap linear_skew, absolute_skew;
    SkewWidth skew_width;
    StaticDiscount gain_discount, loss_discount;
    bool discount_at_rate = true;  // option values are discounted at the rate of their expiry, not below 0
    BasisRule basis;
    double gain_offset = 1.0;  // part of a positive scenario result that counts
    double gain_cap = std::numeric_limits<double>::infinity();  // and how much of that at most
    MinimumDelta minimum_delta;
    std::optional<TierTable> minimum_steps;  // how often each part of that minimum counts (OKX, MR7)
    RollRule roll;
    DeltaConcentration concentration;
    Charge futures;         // of |qty| times spot
    Charge offset_futures;  // of futures that others of the opposite side offset, times spot
    Charge naked_shorts;    // of options short without the other side at their strike, times spot
    PegRule peg;
    OracleRule oracle;
    double maintenance_factor = 1.0, initial_factor = 1.0;  // of the scenario loss
    bool factor_on_charges = false;                         // of the maintenance charges too
};

}  // namespace tidemark::margin
