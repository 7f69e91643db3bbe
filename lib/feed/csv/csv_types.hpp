// The records that a row of a table can be, and the kinds of cell that their members want.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "json/reader.hpp"

namespace tidemark::feed {

enum class Cell { text, time, word };

struct Member {
    std::string_view name;
    Cell cell;
};

struct CsvType {
    std::string_view name;
    /// The members that one cell can hold.
    std::vector<Member> (*members)();
    /// Reads the line as this record and appends it as we write it.
    Status (*write)(const json::Line& line, json::Reader& reader, std::string& lines);
};

std::span<const CsvType> csv_types();

}  // namespace tidemark::feed
