// Deribit's get_positions and get_account_summaries as one account.
#pragma once

#include "feed/shared/account_draft.hpp"
#include "market/symbol.hpp"

namespace tidemark::feed {

/// The position of one row of get_positions; absent where it is flat. Errors stay with the row.
std::optional<AccountDraft::Held> deribit_position(Object& row);

/// Adds one row of get_account_summaries, or the answer of get_account_summary.
void add_deribit_summary(Object& row, AccountDraft& draft);

}  // namespace tidemark::feed
