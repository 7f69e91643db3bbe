// The `ticker` record: the newest quotes of one instrument.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/words.hpp"

namespace tidemark::record {

struct Ticker {
    std::string_view symbol;
    Timestamp ts;
    std::optional<double> mark_price, index_price, forward_price, bid_price, ask_price;
    std::optional<PriceUnit> price_unit;
    std::optional<double> mark_vol, bid_vol, ask_vol;
    std::optional<double> open_interest_qty, volume_24h_value, funding_rate, funding_interval_hours;

    static constexpr std::string_view type = "ticker";
    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Ticker;
        return std::tuple{
            field("symbol", &T::symbol, "instrument"),
            field("ts", &T::ts, "when the quotes were taken"),
            field("mark_price", &T::mark_price, "the venue's mark, quote asset (see price_unit)",
                  not_negative),
            field("index_price", &T::index_price, "spot index of the underlying, quote asset", positive),
            field("forward_price", &T::forward_price, "forward to the instrument's own expiry, quote asset",
                  positive),
            field("bid_price", &T::bid_price, "best bid, as mark_price", not_negative),
            field("ask_price", &T::ask_price, "best ask, as mark_price", not_negative),
            field("price_unit", &T::price_unit,
                  "unit of mark, bid and ask: quote (default), or coin where a venue quotes options in the "
                  "underlying"),
            field("mark_vol", &T::mark_vol, "implied volatility of the mark, annual fraction", vol),
            field("bid_vol", &T::bid_vol, "implied volatility of the bid", vol),
            field("ask_vol", &T::ask_vol, "implied volatility of the ask", vol),
            field("open_interest_qty", &T::open_interest_qty, "open interest, base units", not_negative),
            field("volume_24h_value", &T::volume_24h_value, "value traded in 24 h, quote asset",
                  not_negative),
            field("funding_rate", &T::funding_rate, "funding, fraction of notional a period"),
            field("funding_interval_hours", &T::funding_interval_hours, "length of that period", positive),
        };
    }
};

}  // namespace tidemark::record
