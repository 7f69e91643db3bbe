// What would save an account: the least collateral to add, the smallest position to cut. Bisected by hand:
// Boost.Math's bisection takes a function that cannot fail, and a margin can.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "liquidation/distance.hpp"

namespace tidemark::liquidation {

/// The least amount of the asset that, added to the account, brings equity to its initial margin: the
/// smallest double that does. None where no amount up to 1000 times the requirement does.
Result<std::optional<double>> top_up(const Case& account, market::AssetId asset);

struct Cut {
    market::InstrumentId instrument = 0;
    double qty = 0.0;  // to trade, base units; negative sells
};

/// Positions, one side of one contract each, that a cut is looked for in; of more, those of most value.
inline constexpr std::size_t most_candidates = 128;

/// The cut of least value that brings equity to its initial margin, at mark and with its proceeds in `cash`:
/// of one position where that is enough, else the same part of all. Empty where closing everything is not
/// enough. The work is that of at most a few hundred requirements, whatever the account holds.
Result<std::vector<Cut>> smallest_cut(const Case& account, market::AssetId cash);

/// The portfolio after the cuts, their proceeds at mark added to its `cash`.
Result<market::Portfolio> after_cuts(const Case& account, const std::vector<Cut>& cuts, market::AssetId cash);

}  // namespace tidemark::liquidation
