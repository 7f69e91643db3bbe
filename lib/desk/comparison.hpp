// One account under several policies at once: the comparison member.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/tool.hpp"
#include "market/market.hpp"
#include "policy/document.hpp"

namespace tidemark::desk {

/// The policies of a list such as dynamic,static,./mine.json. Fails with usage where a name is empty or comes
/// twice, with policy where there is none of that name.
Result<std::vector<policy::Document>> policies_of(std::string_view list);

/// Answers accounts with one entry a policy; an account is indeterminate where it is so under any of them.
/// Fails with policy. The market must outlive the worker.
Result<std::unique_ptr<stream::Worker>> comparison_worker(const std::vector<policy::Document>& policies,
                                                          const market::Market& market);

/// One row a policy.
std::vector<stream::Column> comparison_columns();

}  // namespace tidemark::desk
