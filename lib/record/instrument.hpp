// The `instrument` record: what a symbol stands for, where its own grammar does not say.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/words.hpp"

namespace tidemark::record {

struct Instrument {
    std::string_view symbol;
    Kind kind{};
    std::string_view underlying;
    std::string_view quote_asset, settle_asset;
    std::optional<double> contract_size;
    std::optional<Timestamp> expiry_ts;
    std::optional<double> strike_price;
    std::optional<OptionSide> option_type;
    std::optional<Timestamp> ts;

    static constexpr std::string_view type = "instrument";
    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Instrument;
        return std::tuple{
            field("symbol", &T::symbol, "the venue's name of the instrument"),
            field("kind", &T::kind, "what kind of contract it is"),
            field("underlying", &T::underlying, "asset whose price it follows, such as BTC"),
            field("quote_asset", &T::quote_asset, "asset its price is quoted in"),
            field("settle_asset", &T::settle_asset,
                  "asset it pays in; the underlying itself for an inverse contract"),
            field("contract_size", &T::contract_size, "base units of one contract (quote units if inverse)",
                  positive),
            field("expiry_ts", &T::expiry_ts, "when it expires; futures and options"),
            field("strike_price", &T::strike_price, "strike, quote asset; options", positive),
            field("option_type", &T::option_type, "right of an option"),
            field("ts", &T::ts, "when this was so"),
        };
    }
};

}  // namespace tidemark::record
