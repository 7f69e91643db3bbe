// CCXT's fetchPositions and fetchBalance as one account.
#pragma once

#include "feed/ccxt/market.hpp"
#include "feed/shared/account_draft.hpp"

namespace tidemark::feed {

/// The position of one row; absent where it is flat. Errors stay with the row.
std::optional<AccountDraft::Held> ccxt_position(Object& row, const Options& options,
                                                const CcxtContracts& contracts);

/// Adds the assets of a balance structure.
void add_ccxt_balance(Object& row, AccountDraft& draft);

}  // namespace tidemark::feed
