// The margin of an account as a page for a person: what it holds, what that is worth, why that much is
// needed.
#pragma once

#include <string>

#include "desk/account_margin.hpp"

namespace tidemark::report {

/// Appends the page. `margin` is what the assessor has just given for this account.
void append_explanation(std::string& out, const record::Account& account, const record::Margin& margin,
                        const desk::AccountMargin& account_margin);

}  // namespace tidemark::report
