// The causes that a difference to a venue's figure is tried by under another market or another policy.
#pragma once

#include <string>
#include <vector>

#include "desk/account_margin.hpp"
#include "desk/reconcile/search.hpp"

namespace tidemark::desk {

/// Of the account that was assessed last. Liquidation prices cost hundreds of requirements each.
Figures figures_of(const AccountMargin& account_margin, const record::Margin& margin,
                   const std::vector<Asked>& asked);

/// Recomputations under another market or policy, made once and kept.
struct Trial {
    Discrepancy cause{};
    std::string detail;
    AccountMargin account_margin;
};

/// The fee to close, notional at entry, marks at the index, prices one tick behind, collateral without
/// haircut, another tier.
std::vector<Trial> trials_of(const policy::Document& policy, const market::Market& now,
                             const market::Market& at_index, const market::Market& previous);

void try_trials(Search& search, std::vector<Trial>& trials, const record::Account& account);

}  // namespace tidemark::desk
