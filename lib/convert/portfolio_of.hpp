// An account record as the netting sets that it is made of, its names resolved.
#pragma once

#include "margin/model/netting_set.hpp"
#include "record/account.hpp"

namespace tidemark::convert {

/// A position is isolated where the account is, or where it has a margin of its own. Collateral, debt, orders
/// and all other positions are the cross set; an account that is isolated altogether has none, and its
/// collateral stands behind nothing. What is held and what is owed of one asset stay apart. What the view
/// counts for nothing needs no price. `cash` is what isolated margin is counted in. Fails with missing_market
/// where a name is not known, with missing_field where a perp or future has no entry price or an isolated
/// position no margin, with out_of_domain for debt that nothing stands for.
Status netting_sets_of(const record::Account& account, const market::Market& market, const market::View& view,
                       market::AssetId cash, margin::NettingSets& out);

}  // namespace tidemark::convert
