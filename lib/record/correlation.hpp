// The `correlation` record: how underlyings move together.
#pragma once

#include <optional>

#include "json/field.hpp"
#include "json/reader.hpp"

namespace tidemark::record {

struct Correlation {
    Timestamp ts;
    std::vector<std::string_view> assets;
    std::vector<std::vector<double>> matrix;
    std::int64_t samples = 0;
    std::optional<double> shrinkage;
    std::optional<std::int64_t> left_out;

    static constexpr std::string_view type = "correlation";
    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Correlation;
        return std::tuple{
            field("ts", &T::ts, "newest time used"),
            field("assets", &T::assets, "underlyings, in the order of rows and columns"),
            field("matrix", &T::matrix, "correlations, row by row", json::Rule::correlation),
            field("samples", &T::samples, "returns used", not_negative),
            field("shrinkage", &T::shrinkage, "weight of the target that it was shrunk to", fraction),
            field("left_out", &T::left_out, "bars that some asset lacks, so that none was used",
                  not_negative),
        };
    }
};

}  // namespace tidemark::record
