// Results for people and spreadsheets: one row an answered line.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "json/line.hpp"

namespace tidemark::stream {

/// A column of a tool's table: its title, and its cell out of an answered line. A cell is empty where there
/// is no figure, never 0.
struct Column {
    std::string title;
    bool right = false;
    std::function<std::string(const json::Line& line)> cell;
};

/// The value at a path such as margin.equity: as text; as a number with so many decimals, in groups of three;
/// as a percentage; as a figure that may be of any size, such as the price of a coin.
Column text_column(std::string title, std::string path);
Column number_column(std::string title, std::string path, int decimals);
Column percent_column(std::string title, std::string path, int decimals);
Column figure_column(std::string title, std::string path);

/// Decimals by which a figure of this size is told apart from one near it: two, or six digits in all.
int decimals_for(double value);

/// Index of the value at a path of member names joined by dots; 0 where there is none.
std::uint32_t find_path(const json::Line& line, std::string_view path);

/// 12,345.60: for people, never for the stream.
std::string grouped(double value, int decimals);

class Table {
public:
    explicit Table(std::vector<Column> columns) : columns_{std::move(columns)} {}

    void add(const json::Line& line);
    [[nodiscard]] bool empty() const { return rows_.empty(); }

    /// All rows, columns aligned, what came from outside made safe for a terminal.
    [[nodiscard]] std::string text() const;

    /// One line of comma-separated values; a text that a spreadsheet would take for a formula gets a quote.
    static std::string csv_header(const std::vector<Column>& columns);
    static std::string csv_row(const std::vector<Column>& columns, const json::Line& line);

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace tidemark::stream
