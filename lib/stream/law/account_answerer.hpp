// Answers one account line at a time; one a thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "stream/law/book_pass.hpp"
#include "stream/law/filter.hpp"
#include "stream/law/line_law.hpp"

namespace tidemark::stream {

class AccountAnswerer {
public:
    /// With a shard of the book, every answer is held and what it contributes is added to the shard.
    AccountAnswerer(const Style& style, std::unique_ptr<Worker> worker, std::unique_ptr<BookPass> shard,
                    std::size_t line_bytes);

    /// Parses and answers; a line that cannot be is refused in its place.
    void answer(const LineView& view, Written& out);
    void answer_parsed(const LineView& view, const json::Line& line, Written& out);

    /// The whole line out of a finished answer.
    void write(const json::Line& line, std::string_view value, std::string& out) const;

    /// What its answers came to; null where none is held.
    [[nodiscard]] const BookPass* shard() const { return shard_.get(); }

private:
    void write_bare(const json::Line& line, std::string_view value, std::string& out) const;

    const Style& style_;
    std::unique_ptr<Worker> worker_;
    std::unique_ptr<BookPass> shard_;
    json::Line line_;
    std::string value_;
};

}  // namespace tidemark::stream
