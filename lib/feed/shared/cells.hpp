// The cells of a row as numbers and times, by the name of their column.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "feed/shared/csv_row.hpp"
#include "feed/shared/time_text.hpp"
#include "json/field.hpp"

namespace tidemark::feed {

/// Where the columns of a table are. Names may have aliases, joined by '|'; the first is what errors say.
class Columns {
public:
    static constexpr std::size_t absent = static_cast<std::size_t>(-1);

    /// Finds every name in the header. Fails with missing_field for a required one that is not there, with
    /// conflict where one is there twice.
    Status find(const CsvRow& header, std::span<const std::string_view> wanted, std::size_t required);
    void set(std::vector<std::size_t> places, std::size_t width);

    [[nodiscard]] std::size_t operator[](std::size_t i) const { return places_[i]; }
    [[nodiscard]] std::size_t width() const { return width_; }

private:
    std::vector<std::size_t> places_;
    std::size_t width_ = 0;
};

/// Reads a row's cells; the first that cannot be read is kept as the error, and the row is then refused.
class Cells {
public:
    Cells(const CsvRow& row, const Columns& columns, std::span<const std::string_view> names)
        : row_{row}, columns_{columns}, names_{names} {}

    [[nodiscard]] std::string_view text(std::size_t i) const {
        const std::size_t at = columns_[i];
        return at == Columns::absent ? std::string_view{} : row_[at];
    }
    /// Absent where the cell is empty or there is no such column.
    std::optional<double> number(std::size_t i, json::Rule rule);
    double required(std::size_t i, json::Rule rule);
    Timestamp time(std::size_t i, TimeUnit unit);

    void refuse(std::size_t i, Errc code, std::string message);
    [[nodiscard]] bool good() const { return !error_; }
    [[nodiscard]] Error& error() { return *error_; }

private:
    const CsvRow& row_;
    const Columns& columns_;
    std::span<const std::string_view> names_;
    std::optional<Error> error_;
};

}  // namespace tidemark::feed
