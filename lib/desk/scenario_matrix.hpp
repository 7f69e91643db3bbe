// The loss matrix of an account: the scenarios member, and the same as rows of a table.
#pragma once

#include <memory>
#include <vector>

#include "cli/tool.hpp"
#include "market/market.hpp"
#include "policy/document.hpp"

namespace tidemark::desk {

/// Answers accounts with one entry for all that is shocked together; where `flat`, with the rows of
/// report::scenario_columns() instead: each leg's loss in each scenario, the totals, the floors, the charges.
/// Fails with policy, also where the policy's model has no scenarios. The market must outlive the worker.
Result<std::unique_ptr<stream::Worker>> scenario_worker(const policy::Document& document,
                                                        const market::Market& market, bool flat);

}  // namespace tidemark::desk
