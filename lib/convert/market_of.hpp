// Market records to market state.
#pragma once

#include "json/reader.hpp"
#include "market/market.hpp"
#include "record/instrument.hpp"
#include "record/ticker.hpp"

namespace tidemark::convert {

/// What an instrument record says of its symbol. Fails with missing_field where a dated contract or an option
/// lacks a term.
Result<market::Terms> terms_of(const record::Instrument& record);

market::Quote quote_of(const record::Ticker& record);

/// Takes market records in. The types that it knows are in market_types().
class MarketFeed {
public:
    Status learn(const json::Line& line, std::string_view type, market::Market& market);

private:
    json::Reader reader_;
};

/// A bad_symbol error for each symbol whose tickers came and whose instrument record never did.
std::vector<Error> unresolved(const market::Market& market);

/// instrument, ticker, price, vol, liquidity, correlation.
std::span<const std::string_view> market_types();

}  // namespace tidemark::convert
