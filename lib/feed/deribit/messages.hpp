// Deribit's JSON, as its REST interface answers and its websocket sends (docs.deribit.com, version 2).
#pragma once

#include <memory>

#include "feed/shared/importer.hpp"

namespace tidemark::feed {

/// REST envelopes, websocket messages, or what stands inside them. Volatilities are percentages and become
/// fractions; 0 is none. Open interest and book amounts of inverse futures are USD and become base units.
/// Subscription acknowledgements and heartbeats carry no data; combos are held as their legs: neither gives a
/// record. Positions and balances make one account at the end:
///
/// - A balance counts with what the session has realised and not yet settled. Totals in USD, repeated in
/// every
///   row of a cross-collateral account, are never read.
/// - An inverse future's size is USD; its entry price is the one that floating_profit_loss counts from (the
/// last
///   settlement or the average price), since everything before that is in the balance already.
/// - A premium has been paid out of the balance, so options have no entry price.
Result<std::unique_ptr<Importer>> deribit(const Options& options);

}  // namespace tidemark::feed
