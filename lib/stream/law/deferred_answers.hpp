// The lines of a tool whose answers wait for the whole book.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "json/line.hpp"
#include "stream/law/book_pass.hpp"

namespace tidemark::stream {

class DeferredAnswers {
public:
    [[nodiscard]] bool empty() const { return items_.empty(); }
    /// What all of it takes in memory.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

    /// An account line, its unfinished answer, and what it contributes to the book; empty where that is
    /// nothing: then the answer is finished as it is.
    void hold(std::string_view line, std::string value, std::string contribution);
    /// Finished lines that stand behind what is held; takes them out of `lines`.
    void hold_finished(std::string& lines);
    /// What another holds, behind what this one does; takes it out of there.
    void append(DeferredAnswers& later);

    /// Writes an account line with its finished answer.
    using Write = std::function<void(const json::Line& line, std::string_view value, std::string& out)>;
    /// The book is closed: completes every answer and gives each piece, in order, to `give` as finished
    /// lines. Fails as completing or `give` does.
    Status release(const BookPass& book, const Write& write, const std::function<Status(std::string&)>& give);

private:
    struct Item {
        std::string bytes;  // an account line with padding, or finished lines
        std::string value, contribution;
        bool answered = false;
    };
    void hold(Item item);
    static Status complete(Item& item, const BookPass& book, json::Line& line, const Write& write,
                           std::string& out);

    std::vector<Item> items_;
    std::size_t bytes_ = 0;
};

}  // namespace tidemark::stream
