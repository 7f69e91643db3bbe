// What every tool is told about its lines, and what the stream has to know of a tool.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "stream/io/table.hpp"

namespace tidemark::stream {

struct Settings {
    std::vector<std::string> files;
    std::vector<std::string> market_files;
    std::string format = "auto";
    std::string on_error = "report";
    std::string quarantine;
    std::int64_t jobs = 1;
    std::int64_t max_line = std::int64_t{1} << 20;
    std::int64_t max_held = std::int64_t{1} << 30;  // bytes of answers that wait for the whole book
    Timestamp now;                                  // by the clock, at the start
    std::optional<std::int64_t> max_age;            // of the market, ms
    bool at_terminal = false;                       // a person reads what is said
    bool keep = false, bare = false, explain = false, line_buffered = false, allow_empty = false, eos = false,
         require_eos = false;

    [[nodiscard]] bool stops_at_errors() const { return on_error == "stop"; }
};

struct Description {
    std::string tool;
    std::string member;  // what it adds to an account; empty where it adds none
    std::string row;     // the member, or the type of record, that makes a line a row of its table
    std::vector<Column> columns;
    bool every_file = false;  // whether each of its files is to have lines
    bool accounts = false;    // whether it works on accounts: a run without any is none
};

}  // namespace tidemark::stream
