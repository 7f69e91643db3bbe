// Snapshots of whole option chains as CSV, one row an instrument.
#pragma once

#include <memory>

#include "feed/shared/importer.hpp"

namespace tidemark::feed {

/// Tickers out of rows with the columns ts, instrument, mark (or mark_price), and where they are there bid,
/// ask, underlying_price (the forward), mark_iv (a fraction), open_interest (base units), volume_24h (base
/// units, valued at the index) and index_price; type, strike and expiry must agree with the symbol. Options
/// settled in the coin are quoted in it. Empty or 0 is no bid, no ask, no volatility.
///
/// At the end come, first, one price a underlying: the median index_price of its rows at the newest time;
/// then the tickers in the order of the rows. A second row of an instrument is a conflict.
Result<std::unique_ptr<Importer>> deribit_chain(const Options& options);

}  // namespace tidemark::feed
