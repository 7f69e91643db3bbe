// The scenario model: portfolio margins by scenarios, of which Derive's, Deribit's, Paradex's and SPAN's are
// policies.
#pragma once

#include "margin/model/model.hpp"

namespace tidemark::margin {

/// Underlyings are margined apart and added; where the policy is coin_margined, so are the linear and the
/// coin-settled positions of one. `parts`: base is the loss of the worst
/// scenario times the initial factor, concentration what is charged in both margins, account what initial
/// margin alone adds. Confidence of prices acts through collateral (collateral/haircut.hpp), not as Derive's
/// oracle add-on, whose feeds no record carries.
/// Fails with policy where the parameters contradict.
Result<std::unique_ptr<Model>> make_scenario(const policy::Document& document, const market::Market& market);

}  // namespace tidemark::margin
