// What a tidemark tool is. From one such value come the parser, --help, the man page and the completions.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/option.hpp"
#include "stream/io/table.hpp"
#include "stream/law/filter.hpp"

namespace tidemark::cli {

struct Example {
    std::string command;
    std::string says;
};

struct Tool {
    std::string name;
    std::string summary;  // one line, lower case, no full stop
    std::vector<Example> examples;
    std::vector<Option> options;              // its own; the common ones are added by run()
    std::vector<std::string> reads, digests;  // types of record
    std::string adds;                     // the member that it adds to an account; empty where it adds none
    std::string adds_records;             // the type of record that it writes anew
    std::vector<stream::Column> columns;  // of --format table and csv
    bool explains = false;                // whether it has --explain

    /// Operands with a '=' and no '/' are taken here, not as files (as awk has it), where it takes any.
    std::vector<std::string>* assignments = nullptr;
    std::string assignment = {};  // what the usage line calls one

    /// Makes the filter, once the options are read. Fails with usage or policy.
    std::function<Result<std::unique_ptr<stream::Filter>>()> make;

    /// Where it is not a filter of JSON lines: called instead, with the files to read.
    std::function<int(const std::vector<std::string>& files)> instead;

    /// Prints something and ends, where its options ask for that (--list-policies).
    std::function<Result<std::optional<std::string>>()> print;

    bool pair = false;  // whether it compares two files, OLD and NEW; NEW may be left to standard input
};

/// What every tool understands.
struct Settings {
    std::vector<std::string> files;
    std::vector<std::string> market_files;
    std::string format = "auto";
    std::string on_error = "report";
    std::string quarantine;
    std::string generate;
    std::int64_t jobs = 1;
    std::int64_t max_line = std::int64_t{1} << 20;
    bool keep = false, bare = false, explain = false, line_buffered = false, allow_empty = false, eos = false,
         require_eos = false, help = false, version = false;
};

enum Exit : int {
    exit_ok = 0,
    exit_found = 1,
    exit_usage = 2,
    exit_stopped = 3,
    exit_rejected = 4,
    exit_indeterminate = 5,
    exit_io = 6,
    exit_internal = 7,
    exit_lock_held = 8,
};

/// The common options that this tool has, writing to `settings`.
std::vector<Option> common_options(const Tool& tool, Settings& settings);

/// Parses the command line, runs the tool, reports what went wrong; gives the exit status.
int run(Tool& tool, Settings& settings, int argc, char** argv);

}  // namespace tidemark::cli
