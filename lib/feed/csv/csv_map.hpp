// The --map of the csv source.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "feed/shared/csv_row.hpp"

namespace tidemark::feed {

/// What is wrong with --map.
Error map_error(std::string message);

/// Where a member's text comes from: a column, or a fixed value.
struct Mapped {
    std::string member;
    std::string column;  // its header name; empty where it goes by number or is fixed
    std::size_t place = 0;
    std::string fixed;
    bool is_fixed = false;
};

struct CsvMap {
    std::string type = "candle";
    std::vector<Mapped> members;

    /// Fails with usage, in words that show the place.
    static Result<CsvMap> parse(std::string_view text);

    [[nodiscard]] bool has(std::string_view member) const;
    /// True where some column goes by name, so that there must be a header.
    [[nodiscard]] bool wants_header() const;
    /// Finds the columns. Fails with missing_field, naming the column.
    Status place(const CsvRow& header);
};

}  // namespace tidemark::feed
