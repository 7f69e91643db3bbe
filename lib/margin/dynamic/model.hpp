// The dynamic model: exposure times an expected range that moves with volatility, its skew, and the way that
// underlyings move together, with every position repriced in full.
#pragma once

#include "margin/dynamic/parameters.hpp"
#include "margin/model/model.hpp"

namespace tidemark::margin {

/// Steps 1 to 5, 7 and 8 of the model, see tidemark(7). Fails with policy where the parameters contradict.
Result<std::unique_ptr<Model>> make_dynamic(const policy::Document& document, const market::Market& market);

}  // namespace tidemark::margin
