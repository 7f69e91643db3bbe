// One row of comma-separated values, RFC 4180.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace tidemark::feed {

/// Splits one row after another into the same storage: nothing is allocated once it is warm.
class CsvRow {
public:
    /// `text` must have json::padding readable bytes after it; so have the cells then. Fails with truncated
    /// where a quote is still open at the end, for the value may go on in the next line, and with wrong_type
    /// where a quote stands inside a value.
    Status split(std::string_view text);

    [[nodiscard]] std::size_t size() const { return cells_.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t i) const { return cells_[i]; }
    /// Byte of the row at which the cell's text begins.
    [[nodiscard]] std::size_t offset(std::size_t i) const { return offsets_[i]; }

    /// Index of the cell with this text; size() where none has it.
    [[nodiscard]] std::size_t find(std::string_view text) const;

private:
    Status split_quoted(std::string_view text);
    Result<std::size_t> take_quoted(std::string_view text, std::size_t at);
    void add(std::string_view cell, std::size_t offset);

    std::vector<std::string_view> cells_;
    std::vector<std::size_t> offsets_;
    std::string unquoted_;
};

}  // namespace tidemark::feed
