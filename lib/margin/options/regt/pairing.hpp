// The cheapest valid pairing of option legs and shares under the rules of option_strategy.hpp.
#pragma once

#include <span>
#include <vector>

#include "core/result.hpp"
#include "margin/options/regt/strategies.hpp"

namespace tidemark::margin {

/// What a requirement is held against.
enum class Basis {
    deposit,  // as the manual prints it: a short option alone includes its proceeds, a set is net of them
    equity    // of an account in which shorts already count against equity: without them throughout
};

struct StrategyPairing {
    double requirement = 0.0;     // account currency
    std::vector<double> limited;  // contracts of each leg that are margined as limited-risk sets
    bool exhaustive = true;       // false: a valid pairing that no exchange of two pairs of legs improves
};

/// Legs of one underlying. Spreads, butterflies, condors and calendars together form one set of limited risk,
/// since the largest loss of a union is never more than the sum of the parts; short calls and puts left over
/// are covered by shares or paired as straddles so as to save the most; what is left stands alone.
///
/// Every split of the legs into the set and the rest is tried, in whole units of the quantities' common
/// divisor, up to exhaustive_splits of them; beyond, pairs of one long and one short are moved in and out of
/// the set, one or two at a time, from both ends, until none helps: a valid pairing, not always the cheapest.
/// Fails with out_of_domain where a number is not finite or a price below 0.
Result<StrategyPairing> cheapest_pairing(std::span<const StrategyLeg> legs, const Shares& shares,
                                         const StrategyUnderlying& underlying, const StrategyParams& params,
                                         Basis basis = Basis::deposit);

inline constexpr double exhaustive_splits = 20'000;

}  // namespace tidemark::margin
