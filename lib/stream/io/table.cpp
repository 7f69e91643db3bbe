#include "stream/io/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "json/escape.hpp"

namespace tidemark::stream {
namespace {

std::string text_at(const json::Line& line, std::string_view path) {
    const std::uint32_t at = find_path(line, path);
    if (at == 0 || line.at(at).kind == json::Kind::null) return {};
    std::string scratch;
    return std::string{line.at(at).kind == json::Kind::string ? line.string(line.at(at), scratch)
                                                              : line.raw(line.at(at))};
}

/// `text` makes the cell of a number.
template <class Text>
Column figure(std::string title, std::string path, Text text) {
    auto cell = [path = std::move(path), text](const json::Line& line) {
        const std::uint32_t at = find_path(line, path);
        if (at == 0 || line.at(at).kind != json::Kind::number) return std::string{};
        return text(line.at(at).number);
    };
    return {std::move(title), true, std::move(cell)};
}

/// Columns that text takes on a terminal: UTF-8 continuation bytes take none.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void append_cell(std::string& out, std::string_view text, std::size_t columns, bool right, bool last) {
    const std::string blanks(columns - width(text), ' ');
    if (right) out += blanks;
    out += text;
    if (!right && !last) out += blanks;
    out += last ? "\n" : "  ";
}

std::string csv_field(std::string_view text, bool number) {
    const bool formula =
        !number && !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
    std::string guarded = formula ? fmt::format("'{}", text) : std::string{text};
    if (guarded.find_first_of(",\"\n\r") == std::string::npos) return guarded;
    std::string out = "\"";
    for (const char c : guarded) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace

std::uint32_t find_path(const json::Line& line, std::string_view path) {
    std::uint32_t at = json::Line::root;
    while (true) {
        const std::size_t dot = path.find('.');
        if (line.at(at).kind != json::Kind::object) return 0;
        at = line.find(at, path.substr(0, dot));
        if (at == 0 || dot == std::string_view::npos) return at;
        path.remove_prefix(dot + 1);
    }
}

std::string grouped(double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", value, decimals);
    if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') text.erase(0, 1);
    const std::size_t first = text.front() == '-' ? 1 : 0;
    std::size_t at = std::min(text.find('.'), text.size());
    while (at > first + 3) text.insert(at -= 3, 1, ',');
    return text;
}

Column text_column(std::string title, std::string path) {
    auto cell = [path = std::move(path)](const json::Line& line) { return text_at(line, path); };
    return {std::move(title), false, std::move(cell)};
}
Column number_column(std::string title, std::string path, int decimals) {
    return figure(std::move(title), std::move(path),
                  [decimals](double value) { return grouped(value, decimals); });
}
Column percent_column(std::string title, std::string path, int decimals) {
    return figure(std::move(title), std::move(path),
                  [decimals](double value) { return grouped(value * 100.0, decimals) + "%"; });
}
Column figure_column(std::string title, std::string path) {
    return figure(std::move(title), std::move(path),
                  [](double value) { return grouped(value, decimals_for(value)); });
}

int decimals_for(double value) {
    constexpr int least = 2, most = 17, digits = 6;
    const double size = std::fabs(value);
    if (!(size > 0.0) || !std::isfinite(size)) return least;
    return std::clamp(digits - 1 - static_cast<int>(std::floor(std::log10(size))), least, most);
}

void Table::add(const json::Line& line) {
    std::vector<std::string> row;
    for (const Column& column : columns_) row.push_back(json::printable(column.cell(line)));
    rows_.push_back(std::move(row));
}

std::string Table::text() const {
    std::vector<std::size_t> widths;
    for (const Column& column : columns_) widths.push_back(width(column.title));
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    }
    std::string out;
    const std::size_t last = columns_.size() - 1;
    for (std::size_t i = 0; i <= last; ++i)
        append_cell(out, columns_[i].title, widths[i], columns_[i].right, i == last);
    for (std::size_t i = 0; i <= last; ++i)
        append_cell(out, std::string(widths[i], '-'), widths[i], false, i == last);
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i <= last; ++i)
            append_cell(out, row[i], widths[i], columns_[i].right, i == last);
    }
    return out;
}

std::string Table::csv_header(const std::vector<Column>& columns) {
    std::string out;
    for (const Column& column : columns) out += (out.empty() ? "" : ",") + csv_field(column.title, false);
    return out + "\n";
}

std::string Table::csv_row(const std::vector<Column>& columns, const json::Line& line) {
    std::string out;
    for (const Column& column : columns) {
        std::string cell = column.cell(line);
        if (column.right) cell.erase(std::remove(cell.begin(), cell.end(), ','), cell.end());
        out += (&column == columns.data() ? "" : ",") +
               csv_field(column.right ? cell : json::printable(cell), column.right);
    }
    return out + "\n";
}

}  // namespace tidemark::stream
