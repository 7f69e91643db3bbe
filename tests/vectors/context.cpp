#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <stdexcept>

#include "adapter.hpp"

namespace tidemark::vectors {
namespace {

std::vector<std::string> cells(std::string line) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::vector<std::string> out;
    std::size_t from = 0;
    for (std::size_t comma = line.find(','); comma != std::string::npos; comma = line.find(',', from)) {
        out.push_back(line.substr(from, comma - from));
        from = comma + 1;
    }
    out.push_back(line.substr(from));
    return out;
}

double number(const std::string& cell, const std::string& file) {
    double value = 0.0;
    const char* end = cell.data() + cell.size();
    const auto [stop, error] = std::from_chars(cell.data(), end, value);
    if (error != std::errc{} || stop != end) {
        throw std::runtime_error(fmt::format("{}: want a number, got '{}'", file, cell));
    }
    return value;
}

}  // namespace

std::vector<double> Context::column(const std::string& file, std::string_view name) const {
    std::ifstream in{data / file};
    std::string line;
    if (!in || !std::getline(in, line)) throw std::runtime_error("cannot read " + (data / file).string());
    const std::vector<std::string> header = cells(line);
    const auto found = name.empty() ? header.end() - 1 : std::find(header.begin(), header.end(), name);
    if (found == header.end()) throw std::runtime_error(file + ": no column " + std::string{name});
    const auto at = static_cast<std::size_t>(found - header.begin());
    std::vector<double> values;
    while (std::getline(in, line)) {
        if (line.empty()) continue;
        const std::vector<std::string> row = cells(line);
        if (row.size() <= at) throw std::runtime_error(fmt::format("{}: short line: {}", file, line));
        values.push_back(number(row[at], file));
    }
    return values;
}

}  // namespace tidemark::vectors
