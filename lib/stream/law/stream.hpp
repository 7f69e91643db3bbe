// The stream law: every line is read, understood, and passed on, digested, answered or refused; and counted.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "cli/tool.hpp"
#include "stream/io/input.hpp"

namespace tidemark::stream {

/// What became of the lines. in = passed + digested + answered + rejected, or the program is wrong.
struct Counts {
    std::int64_t in = 0, passed = 0, digested = 0, answered = 0, rejected = 0;
    std::int64_t errors_in = 0;      // error records that came in, among the passed
    std::int64_t indeterminate = 0;  // answers and derived lines without figures
    std::int64_t found = 0;          // among the answered
    std::int64_t derived = 0;        // lines written anew

    void add(const Counts& other);
    [[nodiscard]] bool conserved() const { return in == passed + digested + answered + rejected; }
    [[nodiscard]] std::int64_t written() const { return passed + answered + rejected + derived; }
};

/// How an answered line is written. Shared by all threads.
struct Style {
    std::string tool;
    std::string member;  // what the tool adds
    bool bare = false;
    bool explain = false;
};

/// What answering gave: lines for the stream, words for a person, refused bytes for the quarantine.
struct Written {
    std::string lines, complaints, refused;
    Counts counts;
};

/// Answers one account line at a time; one a thread.
class AccountAnswerer {
public:
    AccountAnswerer(const Style& style, std::unique_ptr<Worker> worker, std::size_t line_bytes);

    /// Parses and answers; a line that cannot be is refused in its place.
    void answer(const LineView& view, Written& out);
    void answer_parsed(const LineView& view, const json::Line& line, Written& out);

    /// The answer alone, for a tool that holds.
    Result<Answer> draft(const json::Line& line, std::string& value) { return worker_->answer(line, value); }
    /// The whole line out of a finished answer.
    void write(const json::Line& line, std::string_view value, std::string& out) const;

private:
    const Style& style_;
    std::unique_ptr<Worker> worker_;
    json::Line line_;
    std::string value_;
};

/// Appends an error record, and says so to a person.
void report(const Style& style, const LineView& view, const Error& error, std::string_view key, Written& out);

/// Puts the error record of a refused line in its place, and says so to a person.
void refuse(const Style& style, const LineView& view, const Error& error, std::string_view key, Written& out);

/// How a person finds a line again: its account, symbol or asset; empty where it has none.
std::string key_of(const json::Line& line);

/// Runs a filter over its input. Gives the exit status.
int run_stream(const cli::Tool& tool, Filter& filter, const cli::Settings& settings);

}  // namespace tidemark::stream
