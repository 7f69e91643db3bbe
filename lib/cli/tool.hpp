// What a tidemark tool is. From one such value come the parser, --help, the man page and the completions.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/option.hpp"
#include "core/bytes.hpp"
#include "stream/io/state_file.hpp"
#include "stream/io/table.hpp"
#include "stream/law/exit_status.hpp"
#include "stream/law/filter.hpp"
#include "stream/law/settings.hpp"

namespace tidemark::cli {

struct Example {
    std::string command;
    std::string says;
};

/// What a tool goes on from, and keeps for the next run, in the file that an option of its names.
struct State {
    const std::string* path = nullptr;  // empty where the option was not given
    stream::StateKind kind;

    /// Called once the tool is made, where there is a state. Fails with truncated or conflict.
    std::function<Status(ByteSource&)> load;
    /// Called behind the last line of a run that came to its end.
    std::function<void(ByteSink&)> save;
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

    /// Prints something and ends, where its options ask for that (--list-policies).
    std::function<Result<std::optional<std::string>>()> print;

    bool waits = false;  // whether answers may wait for the whole book
    bool pair = false;   // whether it compares two files, OLD and NEW; NEW may be left to standard input

    std::optional<State> state = std::nullopt;
};

/// What is asked for in place of a run.
struct PageRequest {
    std::string generate;
    bool help = false, version = false;
};

/// The common options that this tool has, writing to `settings` and `page`.
std::vector<Option> common_options(const Tool& tool, stream::Settings& settings, PageRequest& page);

/// Parses the command line, runs the tool, reports what went wrong; gives the exit status.
int run(Tool& tool, stream::Settings& settings, int argc, char** argv);

}  // namespace tidemark::cli
