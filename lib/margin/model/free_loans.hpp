// Which rulebooks leave what is owed without margin.
#pragma once

#include <string>

#include "policy/document.hpp"

namespace tidemark::margin {

/// Whether a debt in that asset needs no margin under the policy, though its price may rise. Pools weigh what
/// is owed, scenarios move it; rulebooks that go position by position charge it by rates of their own, or not
/// at all.
bool leaves_loan_free(const policy::Document& policy, const std::string& asset);

}  // namespace tidemark::margin
