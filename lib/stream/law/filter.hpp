// What a tool does with the lines of the stream. The stream loop does all the rest.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "json/line.hpp"

namespace tidemark::stream {

/// What became of an answered line.
struct Answer {
    bool indeterminate = false;  // its figures could not be found
    bool found = false;          // the condition of --fail-on holds
    double key = 0.0;            // for a tool that holds its answers: what complete() needs of all of them
    bool has_key = false;
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

    /// True where answers wait for the whole book: then each is completed at the end.
    [[nodiscard]] virtual bool holds() const { return false; }
    /// All keys of the held answers are known: in no particular order.
    virtual void close_book(const std::vector<double>& keys) { static_cast<void>(keys); }
    /// Completes one held answer.
    virtual Status complete(std::string&, const Answer&) const { return Ok{}; }
};

}  // namespace tidemark::stream
