#include "feed/shared/csv_row.hpp"

#include <algorithm>
#include <cstring>

#include "json/number.hpp"

namespace tidemark::feed {

void CsvRow::add(std::string_view cell, std::size_t offset) {
    cells_.push_back(cell);
    offsets_.push_back(offset);
}

std::size_t CsvRow::find(std::string_view text) const {
    return static_cast<std::size_t>(std::find(cells_.begin(), cells_.end(), text) - cells_.begin());
}

Status CsvRow::split(std::string_view text) {
    cells_.clear();
    offsets_.clear();
    if (text.find('"') != std::string_view::npos) return split_quoted(text);
    for (std::size_t at = 0;;) {
        const std::size_t comma = text.find(',', at);
        if (comma == std::string_view::npos) {
            add(text.substr(at), at);
            return Ok{};
        }
        add(text.substr(at, comma - at), at);
        at = comma + 1;
    }
}

Status CsvRow::split_quoted(std::string_view text) {
    unquoted_.clear();
    unquoted_.reserve(text.size() + json::padding);  // the cells are views of it: it must not move
    for (std::size_t at = 0;;) {
        if (at < text.size() && text[at] == '"') {
            const auto end = take_quoted(text, at + 1);
            if (!end) return end.error();
            at = *end;
        } else {
            const std::size_t comma = std::min(text.find(',', at), text.size());
            const std::string_view cell = text.substr(at, comma - at);
            if (const std::size_t quote = cell.find('"'); quote != std::string_view::npos)
                return Error{Errc::wrong_type, "want a quote only around a whole value", "", at + quote};
            add(cell, at);
            at = comma;
        }
        if (at == text.size()) break;
        ++at;
    }
    unquoted_.append(json::padding, '\0');
    return Ok{};
}

/// Takes the value whose opening quote stands before `at`; gives the place of the comma after it, or the end.
Result<std::size_t> CsvRow::take_quoted(std::string_view text, std::size_t at) {
    const std::size_t from = at, kept = unquoted_.size();
    while (true) {
        const std::size_t quote = text.find('"', at);
        if (quote == std::string_view::npos)
            return Error{Errc::truncated, "want every quote closed", "", from - 1};
        unquoted_.append(text.substr(at, quote - at));
        at = quote + 1;
        if (at == text.size() || text[at] != '"') break;
        unquoted_ += '"';
        ++at;
    }
    if (at < text.size() && text[at] != ',')
        return Error{Errc::wrong_type, "want a comma after a closing quote", "", at};
    add(std::string_view{unquoted_}.substr(kept), from);
    return at;
}

}  // namespace tidemark::feed
