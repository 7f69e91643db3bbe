// Account records to portfolios.
#pragma once

#include "market/portfolio.hpp"
#include "record/account.hpp"

namespace tidemark::convert {

/// Fills `out` with what the account holds, names resolved, in canonical order. Fails with missing_market
/// where a position's instrument or a balance's asset is not known to the market, with missing_field where a
/// perp or future has no entry_price: such an account is indeterminate, not refused.
Status portfolio_of(const record::Account& account, const market::Market& market, market::Portfolio& out);

/// One position alone, with the collateral set aside for it.
Status isolated_portfolio(const record::Account& account, std::size_t position, const market::Market& market,
                          market::AssetId cash, market::Portfolio& out);

}  // namespace tidemark::convert
