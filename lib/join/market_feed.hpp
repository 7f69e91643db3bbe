// Market records to market state.
#pragma once

#include "json/reader.hpp"
#include "market/market.hpp"

namespace tidemark::join {

/// Takes market records in. The types that it knows are in market_types().
class MarketFeed {
public:
    Status learn(const json::Line& line, std::string_view type, market::Market& market);

private:
    json::Reader reader_;
};

/// instrument, ticker, price, vol, liquidity, correlation.
std::span<const std::string_view> market_types();

}  // namespace tidemark::join
