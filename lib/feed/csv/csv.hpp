// Any CSV, by a map of record members to columns.
#pragma once

#include <memory>

#include "feed/shared/importer.hpp"

namespace tidemark::feed {

/// RFC 4180, quoted values over several lines as well. The map is `type=candle,ts=time,open=o,...`: a member
/// of the record (candle where no type is given: also trade, ticker, price, instrument, liquidity) and the
/// header's name of its column, or #3 for the third column; where all are so given there is no header. A
/// member may have a fixed value: side='buy'. --symbol and --interval fill those members where the map does
/// not name them. Times are as feed::read_time takes them; an empty cell is an absent member. Fails with
/// usage where the map cannot be read or names no member.
Result<std::unique_ptr<Importer>> csv(const Options& options);

}  // namespace tidemark::feed
