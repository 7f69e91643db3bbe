#include "feed/csv/csv_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "json/escape.hpp"

namespace tidemark::feed {
namespace {

/// A source such as #3, 'buy' or a column's name.
Result<Mapped> mapped(std::string_view member, std::string_view source) {
    Mapped out;
    out.member = member;
    if (source.size() >= 2 && source.front() == '\'' && source.back() == '\'') {
        out.fixed = source.substr(1, source.size() - 2);
        out.is_fixed = true;
    } else if (source.starts_with('#')) {
        const auto [end, code] = std::from_chars(source.data() + 1, source.data() + source.size(), out.place);
        if (code != std::errc{} || end != source.data() + source.size() || out.place == 0)
            return map_error(fmt::format("want a column number from 1, got '{}'", json::printable(source)));
        --out.place;
    } else {
        out.column = source;
    }
    return out;
}

}  // namespace

Error map_error(std::string message) {
    return {Errc::usage, std::move(message), "--map", 0};
}

bool CsvMap::has(std::string_view member) const {
    return std::ranges::find(members, member, &Mapped::member) != members.end();
}

bool CsvMap::wants_header() const {
    return std::ranges::any_of(members, [](const Mapped& m) { return !m.column.empty(); });
}

Result<CsvMap> CsvMap::parse(std::string_view text) {
    CsvMap map;
    while (!text.empty()) {
        const std::string_view entry = text.substr(0, text.find(','));
        text.remove_prefix(std::min(entry.size() + 1, text.size()));
        const std::size_t equals = entry.find('=');
        const std::string_view member = entry.substr(0, equals);
        const std::string_view source = equals == std::string_view::npos ? "" : entry.substr(equals + 1);
        if (member.empty() || source.empty())
            return map_error(fmt::format("want member=column, got '{}'", json::printable(entry)));
        if (member == "type") {
            map.type = source;
            continue;
        }
        if (map.has(member))
            return map_error(fmt::format("want each member once, got '{}' twice", json::printable(member)));
        auto one = mapped(member, source);
        if (!one) return one.error();
        map.members.push_back(*std::move(one));
    }
    if (map.members.empty())
        return map_error("want --map, such as ts=time,open=open,high=high,low=low,close=close");
    return map;
}

Status CsvMap::place(const CsvRow& header) {
    for (Mapped& m : members) {
        if (m.column.empty()) continue;
        m.place = header.find(m.column);
        if (m.place == header.size())
            return Error{Errc::missing_field, "want this column in the header, got none", m.column, 0};
    }
    return Ok{};
}

}  // namespace tidemark::feed
