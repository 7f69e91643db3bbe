// Deribit's tickers, books, trades and instruments as native records.
#pragma once

#include <optional>

#include "feed/shared/object.hpp"
#include "market/symbol.hpp"
#include "record/book.hpp"
#include "record/instrument.hpp"
#include "record/ticker.hpp"
#include "record/trade.hpp"

namespace tidemark::feed {

/// Each reads one row; errors stay with the row, and the record holds views into it.
record::Ticker deribit_ticker(Object& row);
record::Book deribit_book(Object& row);
record::Trade deribit_trade(Object& row);
/// Absent for a combo.
std::optional<record::Instrument> deribit_instrument(Object& row, std::optional<Timestamp> ts);

}  // namespace tidemark::feed
