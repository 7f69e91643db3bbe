// The `candle` record: one finished price bar.
#pragma once

#include "core/ohlc_bar.hpp"
#include "json/field.hpp"
#include "json/reader.hpp"

namespace tidemark::record {

struct Candle {
    std::string_view symbol;
    Timestamp ts;
    std::int64_t interval_ms = 0;
    double open = 0.0, high = 0.0, low = 0.0, close = 0.0;
    std::optional<double> volume;

    static constexpr std::string_view type = "candle";
    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Candle;
        return std::tuple{
            field("symbol", &T::symbol, "instrument"),
            field("ts", &T::ts, "when the bar opened"),
            field("interval_ms", &T::interval_ms, "length of the bar", positive),
            field("open", &T::open, "first price", positive),
            field("high", &T::high, "highest price", positive),
            field("low", &T::low, "lowest price", positive),
            field("close", &T::close, "last price", positive),
            field("volume", &T::volume, "base units traded", not_negative),
        };
    }

    [[nodiscard]] Result<OhlcBar> ohlc() const {
        return OhlcBar::make(tidemark::Price{open}, tidemark::Price{high}, tidemark::Price{low},
                             tidemark::Price{close});
    }
};

}  // namespace tidemark::record
