// The `book` record: resting orders, best first.
#pragma once

#include "json/field.hpp"
#include "json/reader.hpp"

namespace tidemark::record {

struct Book {
    std::string_view symbol;
    Timestamp ts;
    std::vector<json::Level> bids, asks;

    static constexpr std::string_view type = "book";
    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Book;
        return std::tuple{
            field("symbol", &T::symbol, "instrument"),
            field("ts", &T::ts, "when the book stood so"),
            field("bids", &T::bids, "[price, qty] from the highest price down; qty in base units",
                  not_negative),
            field("asks", &T::asks, "[price, qty] from the lowest price up", not_negative),
        };
    }
};

}  // namespace tidemark::record
