// The lines of a tool whose answers wait for the whole book.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "json/line.hpp"
#include "stream/io/input.hpp"
#include "stream/law/book_pass.hpp"

namespace tidemark::stream {

class DeferredAnswers {
public:
    [[nodiscard]] bool empty() const { return items_.empty(); }
    /// What all of it takes in memory.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

    /// An account line, its unfinished answer, and what it contributes to the book; empty where that is
    /// nothing: then the answer is finished as it is. The name of its file has to stay where it is.
    void hold(const LineView& view, std::string value, std::string contribution);
    /// Finished lines that stand behind what is held; takes them out of `lines`.
    void hold_finished(std::string& lines);
    /// What another holds, behind what this one does; takes it out of there.
    void append(DeferredAnswers& later);

    /// Writes an account line with its finished answer.
    using Write = std::function<void(const json::Line& line, std::string_view value, std::string& out)>;
    /// Refuses, in its place, an account line whose answer could not be completed.
    using Refuse = std::function<Status(const LineView& view, const json::Line& line, const Error& error)>;
    /// Takes finished lines.
    using Give = std::function<Status(std::string& lines)>;
    /// The book is closed: completes every answer and gives each piece, in order, to `give` as finished
    /// lines. An answer that cannot be completed, or has a figure that cannot be written, costs its line: it
    /// goes to `refuse`. Fails with internal as completing does, else as `give` or `refuse` does.
    Status release(const BookPass& book, const Write& write, const Give& give, const Refuse& refuse);

private:
    struct Item {
        std::string bytes;  // an account line as it came, with padding, or finished lines
        std::string value = {}, contribution = {};
        std::string_view file = {};
        std::int64_t number = 0, offset = 0;  // of the account line; number is 0 for finished lines
        std::size_t text_bytes = 0;           // of the account line, without what ended it

        [[nodiscard]] bool answered() const { return number > 0; }
        [[nodiscard]] LineView view() const;
    };
    void hold(Item item);

    std::vector<Item> items_;
    std::size_t bytes_ = 0;
};

}  // namespace tidemark::stream
