// Files that are read whole, for a tool that is no filter: every line is taken or refused, and counted.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "json/reader.hpp"
#include "stream/law/run_outcome.hpp"
#include "stream/law/stream.hpp"

namespace tidemark::stream {

class FileReader {
public:
    /// `out` gets error records, those that came in and those of refused lines.
    FileReader(const cli::Tool& tool, const cli::Settings& settings, std::string& out);

    struct Taker {
        /// Takes a parsed line of this type in.
        std::function<Status(const json::Line& line, std::string_view type)> take;
        /// A line was refused whose key, such as its account, could be read; empty where it could not.
        std::function<void(std::string_view key)> refused;
    };
    /// Reads one file to its end, or to its first refused line under --on-error=stop. Fails with io,
    /// truncated or not_jsonl.
    Status read(const std::string& path, const Taker& taker);

    /// To be called once, after the last file: what was refused is on the disk.
    Status close() { return quarantine_.close(); }
    [[nodiscard]] RunOutcome& outcome() { return outcome_; }
    /// Whether every file had a line.
    [[nodiscard]] bool any_input() const { return any_input_; }

private:
    Status take(const LineView& view, const Taker& taker);
    Status take_eos();
    Status refuse_line(const LineView& view, const Error& error, std::string_view key, const Taker& taker);

    const cli::Settings& settings_;
    Style style_;
    std::string& out_;
    RunOutcome outcome_;
    Quarantine quarantine_;
    bool opened_ = false, any_input_ = true, saw_eos_ = false;
    std::int64_t lines_ = 0;  // of the file at hand
    json::Line line_;
    json::Reader reader_;
};

}  // namespace tidemark::stream
