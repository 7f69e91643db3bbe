// Where an account stands: at ease, called, to be liquidated, or beyond.
#pragma once

#include "margin/model/netting_set.hpp"

namespace tidemark::liquidation {

enum class Standing { healthy, margin_call, liquidate, bankrupt };

/// bankrupt where equity is not above 0 though something is required or owed; liquidate at or below
/// maintenance; margin_call below initial; healthy otherwise.
Standing standing(const margin::Requirement& requirement);

/// An account stands as the worst of its netting sets does: each is liquidated by itself.
struct AccountStanding {
    Standing standing = Standing::healthy;
    std::optional<double> health;
    double buffer = 0.0;     // least equity over maintenance margin of any set
    double shortfall = 0.0;  // most that a set lacks to its initial margin
};
AccountStanding standing(std::span<const margin::NettingSet> sets);

}  // namespace tidemark::liquidation
