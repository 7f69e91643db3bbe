// The `trade` record: one trade, by the side that took liquidity.
#pragma once

#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/words.hpp"

namespace tidemark::record {

struct Trade {
    std::string_view symbol;
    Timestamp ts;
    double price = 0.0, qty = 0.0;
    TradeSide side{};

    static constexpr std::string_view type = "trade";
    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Trade;
        return std::tuple{
            field("symbol", &T::symbol, "instrument"),
            field("ts", &T::ts, "when it was done"),
            field("price", &T::price, "quote asset", positive),
            field("qty", &T::qty, "base units, above 0", positive),
            field("side", &T::side, "side of the taker"),
        };
    }
};

}  // namespace tidemark::record
