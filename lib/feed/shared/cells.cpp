#include "feed/shared/cells.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/escape.hpp"
#include "json/reader.hpp"

namespace tidemark::feed {
namespace {

std::string_view first_name(std::string_view names) {
    return names.substr(0, names.find('|'));
}

/// Index of the cell that is one of the names; size() where none is.
std::size_t find_any(const CsvRow& header, std::string_view names) {
    while (true) {
        const std::string_view name = first_name(names);
        if (const std::size_t at = header.find(name); at < header.size()) return at;
        if (name.size() == names.size()) return header.size();
        names.remove_prefix(name.size() + 1);
    }
}

}  // namespace

Status Columns::find(const CsvRow& header, std::span<const std::string_view> wanted, std::size_t required) {
    std::vector<std::size_t> places(wanted.size(), absent);
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (header.find(header[i]) != i)
            return Error{Errc::duplicate_key,
                         fmt::format("want each column once, got '{}' twice", json::printable(header[i])), "",
                         header.offset(i)};
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::size_t at = find_any(header, wanted[i]);
        if (at < header.size()) {
            places[i] = at;
        } else if (i < required) {
            return Error{Errc::missing_field, "want this column in the header, got none",
                         std::string{first_name(wanted[i])}, 0};
        }
    }
    set(std::move(places), header.size());
    return Ok{};
}

void Columns::set(std::vector<std::size_t> places, std::size_t width) {
    places_ = std::move(places);
    width_ = width;
}

void Cells::refuse(std::size_t i, Errc code, std::string message) {
    if (error_) return;
    const std::size_t at = columns_[i];
    error_ = Error{code, std::move(message), std::string{first_name(names_[i])},
                   at == Columns::absent ? 0 : row_.offset(at)};
}

std::optional<double> Cells::number(std::size_t i, json::Rule rule) {
    const std::string_view cell = text(i);
    if (cell.empty()) return std::nullopt;
    double value = 0.0;
    if (!json::read_whole_number(cell, value)) {
        refuse(i, Errc::wrong_type,
               fmt::format("want a number, got '{}'", json::printable(cell.substr(0, 40))));
        return std::nullopt;
    }
    if (!json::rule_holds(rule, value)) {
        Error broken = json::broken_rule(rule, value, cell);
        refuse(i, broken.code, std::move(broken.message));
    }
    return value;
}

double Cells::required(std::size_t i, json::Rule rule) {
    const std::optional<double> value = number(i, rule);
    if (!value && good()) refuse(i, Errc::missing_field, "want a number, got nothing");
    return value.value_or(0.0);
}

Timestamp Cells::time(std::size_t i, TimeUnit unit) {
    const auto read = read_time(text(i), unit);
    if (read) return *read;
    refuse(i, read.error().code, read.error().message);
    return {};
}

}  // namespace tidemark::feed
