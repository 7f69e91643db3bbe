// CCXT's unified structures (docs.ccxt.com), whatever the venue behind them.
#pragma once

#include <memory>

#include "feed/shared/importer.hpp"

namespace tidemark::feed {

/// Arrays, maps by symbol, or one structure a document.
///
/// - Amounts on a derivative are contracts; they become base units by the contract size, which a position, or
/// an
///   entry of fetchMarkets earlier in the input, or --contract-size says. Of an inverse contract that gives
///   its quote notional, and base units are that over the price.
/// - Deribit's positions are read from `info`: CCXT passes its USD size on as contracts, and the size of one
///   contract beside it. OKX's option size lacks its multiplier in CCXT, so those want --contract-size.
/// - A position's sign is its side's; a liquidation price of 0, "" or null is none and is not read at all.
/// - A volatility is a fraction, but for Deribit's (told by underlying_index in `info`), which CCXT leaves in
///   per cent. Any other above 5 is refused.
/// - A balance is its total less its debt.
/// Positions and balances make one account at the end.
Result<std::unique_ptr<Importer>> ccxt(const Options& options);

}  // namespace tidemark::feed
