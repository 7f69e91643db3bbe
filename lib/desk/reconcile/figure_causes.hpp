// Causes that change a figure alone, of an account that is assessed once: nothing is margined again.
#pragma once

#include "desk/account_margin.hpp"
#include "desk/reconcile/search.hpp"

namespace tidemark::desk {

/// No difference, rounding, one tick, the sign, coin in place of quote currency.
void try_figures(Search& search, const AccountMargin& account_margin);

/// Health as another ratio: the pool's weighted collateral over weighted debt, an inverse, a buffer.
void try_ratios(Search& search, AccountMargin& account_margin, const record::Account& account);

/// The value of options in the requirement, or in equity.
void try_premium(Search& search, const AccountMargin& account_margin);

/// The figures that follow from a requirement alone, equity as it is.
void offer_requirement(Search& search, double equity, double initial, double maintenance, Discrepancy cause,
                       const std::string& detail);

}  // namespace tidemark::desk
