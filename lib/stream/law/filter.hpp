// What a tool does with the lines of the stream. The stream loop does all the rest.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "json/line.hpp"
#include "stream/law/book_pass.hpp"
#include "stream/law/offenders.hpp"

namespace tidemark::stream {

/// What became of an answered line.
struct Answer {
    bool indeterminate = false;  // its figures could not be found
    bool found = false;          // the condition of --fail-on holds
    // What it adds to the filter's book (contribution_bytes); empty where there is no book, or nothing to
    // add.
    std::string contribution = {};
    Offender offender = {};  // who, where the condition holds; its key is filled in
};

/// What a line of another format gave: records, one a line, and what was refused of it.
struct Imported {
    std::string lines;
    std::vector<Error> errors;
    std::string refused;  // lines before this one that are refused with it: for the quarantine
};

/// What follows from all lines together.
struct Conclusion {
    std::string lines;
    std::int64_t indeterminate = 0, found = 0;  // of these, as of answers
    Offenders offenders;                        // who was found
};

/// Answers lines, one at a time, from a state that does not change meanwhile. Each thread has its own.
class Worker {
public:
    virtual ~Worker() = default;
    /// Appends the JSON of the member that the tool adds (or, under --explain, a page of text).
    virtual Result<Answer> answer(const json::Line& line, std::string& value) = 0;
};

class Filter {
public:
    virtual ~Filter() = default;

    enum class Use { none, learn, digest, follow, answer, edit };
    /// What is done with lines of this type: none passes them on; learn takes them in and passes them on;
    /// digest takes them in and, but for --keep, does not pass them on; follow passes them on behind all that
    /// was derived before; answer adds to them, behind all that was derived before; edit passes them on
    /// changed.
    [[nodiscard]] virtual Use use(std::string_view type) const = 0;

    virtual Status learn(const json::Line& line, std::string_view type) = 0;

    /// Appends the line as it is to be passed on, without a newline.
    virtual Status edit(const json::Line& line, std::string_view, std::string& out) {
        out += line.text();
        return Ok{};
    }

    /// Appends lines that follow from the line just taken in, behind it: called after each learn that went
    /// well.
    virtual void step(std::string&) {}

    /// Appends the lines that have been derived and not yet been written: called before the first line to
    /// follow or to answer after something was learnt, and at the end. Fails where something could not be
    /// derived: the rest has been, and the run goes on.
    virtual Status settle(std::string&) { return Ok{}; }

    /// What was asked for and no line has had, once all have come: an error each, and an error record behind
    /// the last line.
    [[nodiscard]] virtual std::vector<Error> unmet() const { return {}; }

    [[nodiscard]] virtual std::unique_ptr<Worker> worker() const { return nullptr; }

    /// Not null where answers wait for the whole book: an empty one.
    [[nodiscard]] virtual std::unique_ptr<BookPass> book() const { return nullptr; }

    /// True where lines are of another format: each goes to import_line() as it is, and none to use().
    [[nodiscard]] virtual bool imports() const { return false; }
    /// Takes one line. An error's offset is a byte of this line.
    virtual void import_line(std::string_view, Imported&) {}
    /// The end of the input: what could only be said knowing all of it.
    virtual void end_import(Imported&) {}

    /// The lines that follow are of this one of the files, from 0.
    virtual void begin_file(std::size_t) {}
    /// A line was refused whose key, such as its account, could be read; empty where it could not.
    virtual void refused(std::string_view) {}
    /// Appends what follows from all lines, behind the last of them; not called where the run stopped.
    virtual Status conclude(Conclusion&) { return Ok{}; }
};

}  // namespace tidemark::stream
