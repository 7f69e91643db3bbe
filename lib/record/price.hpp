// The `price` record: what an asset is worth, and how sure that is.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"

namespace tidemark::record {

struct Price {
    std::string_view asset;
    Timestamp ts;
    double price = 0.0;
    std::optional<double> confidence;
    std::optional<std::string_view> source;
    std::optional<std::int64_t> sources;

    static constexpr std::string_view type = "price";
    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Price;
        return std::tuple{
            field("asset", &T::asset, "the asset, such as BTC or USDC"),
            field("ts", &T::ts, "when it was worth that"),
            field("price", &T::price, "account currency for one unit", positive),
            field("confidence", &T::confidence, "half width of the price, same unit", not_negative),
            field("source", &T::source, "where it came from"),
            field("sources", &T::sources, "how many sources agreed", not_negative),
        };
    }
};

}  // namespace tidemark::record
