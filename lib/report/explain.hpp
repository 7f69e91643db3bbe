// The margin of an account as a page for a person: what it holds, what that is worth, why that much is
// needed.
#pragma once

#include <string>

#include "margin/model/judged_account.hpp"
#include "record/account.hpp"
#include "record/margin.hpp"

namespace tidemark::report {

/// Appends the page. `judged` is the account as `margin` tells of it, where that has figures.
void append_explanation(std::string& out, const record::Account& account, const record::Margin& margin,
                        const margin::JudgedAccount& judged);

}  // namespace tidemark::report
