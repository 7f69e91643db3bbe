// Causes that change the account itself: profit counted twice, legs offset or left out, another size.
#pragma once

#include "desk/reconcile/trials.hpp"

namespace tidemark::desk {

/// Unrealised profit added to the collateral once more, or taken off.
void try_profit(Search& search, AccountMargin& account_margin, const record::Account& account);

/// Perps and futures at the price they were entered at; for policies whose numbers do not say which.
void try_entry(Search& search, AccountMargin& account_margin, const record::Account& account);

/// Long and short futures of an underlying, or of all, that offset: the larger side, or the net, is required
/// of. Equity stays.
void try_offsets(Search& search, AccountMargin& account_margin, const record::Account& account);

/// Each symbol left out, and each alone.
void try_missing_legs(Search& search, AccountMargin& account_margin, const record::Account& account);

/// Quantities times powers of ten: of all positions, then of each symbol alone. A leg that is as good as
/// left out is no multiplier.
void try_multipliers(Search& search, AccountMargin& account_margin, const record::Account& account);

}  // namespace tidemark::desk
