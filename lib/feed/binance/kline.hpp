// Binance's kline files, as its public data archive and its REST interface write them as CSV.
#pragma once

#include <memory>

#include "feed/shared/importer.hpp"

namespace tidemark::feed {

/// Candles out of rows open time, open, high, low, close, volume, close time, quote volume, ...: twelve
/// columns or fewer, with a header or without, or the same by name (also open_time_ms). Times are ms, or us
/// as in spot files from 2025 on, told by their size. Of an inverse contract such as BTCUSD_PERP column 6
/// counts contracts and column 8, whatever its header says, is the base volume (binance/binance-public-data
/// issue 267). Fails with usage where no symbol is given: the rows do not name it.
Result<std::unique_ptr<Importer>> binance_kline(const Options& options);

}  // namespace tidemark::feed
