// One line, as every tool takes it: parsed, told apart by its type, refused in its place, counted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "json/line.hpp"
#include "stream/io/input.hpp"
#include "stream/law/deferred_answers.hpp"
#include "stream/law/offenders.hpp"

namespace tidemark::stream {

/// What became of the lines. in = passed + digested + answered + rejected, or the program is wrong.
struct Counts {
    std::int64_t in = 0, passed = 0, digested = 0, answered = 0, rejected = 0;
    std::int64_t errors_in = 0;      // error records that came in, among the passed
    std::int64_t indeterminate = 0;  // answers and derived lines without figures
    std::int64_t found = 0;          // among the answered and the derived
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

/// What lines gave: answers that wait for the whole book and what stands among them, then lines for the
/// stream; words for a person, refused bytes for the quarantine.
struct Written {
    DeferredAnswers held;
    std::string lines, complaints, refused;
    Counts counts;
    std::vector<std::string> ids;  // of the accounts that were answered
    Offenders offenders;

    [[nodiscard]] bool any_lines() const { return !held.empty() || !lines.empty(); }
    /// Takes back what an interrupted piece of work left behind the last whole line.
    void keep_whole_lines() { lines.resize(lines.rfind('\n') + 1); }
};

/// What `answer` gives; out_of_domain where a figure of it cannot be written: that costs its line, not the
/// run.
template <class Answer>
auto answer_finite(const Answer& answer) -> decltype(answer()) {
    try {
        return answer();
    } catch (const json::NotFinite& e) {
        return Error{Errc::out_of_domain, e.what(), "", 0};
    }
}

/// A line that its producer was cut off in is truncated, not malformed.
Status parse_line(json::Line& line, const LineView& view);

/// The type of a parsed line; `scratch` holds it where it has escapes.
Result<std::string_view> type_of(const json::Line& line, std::string& scratch);

/// Fails where the type of a line that nobody takes is nearly one that is known: it would pass unread.
Status no_slip(std::string_view type);

/// How a person finds a line again: its account, symbol or asset; empty where it has none.
std::string key_of(const json::Line& line);

/// Appends an error record, and says so to a person.
void report(const Style& style, const LineView& view, const Error& error, std::string_view key, Written& out);

/// Puts the error record of a refused line in its place, and says so to a person.
void refuse(const Style& style, const LineView& view, const Error& error, std::string_view key, Written& out);

}  // namespace tidemark::stream
