// The lines of a tool whose answers wait for the whole book.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "stream/law/stream.hpp"

namespace tidemark::stream {

class DeferredAnswers {
public:
    [[nodiscard]] bool empty() const { return items_.empty(); }

    /// An account line and its unfinished answer.
    void hold(std::string_view line, std::string value, const Answer& answer);
    /// Finished lines that stand behind what is held; takes them out of `lines`.
    void hold_finished(std::string& lines);

    /// The book is closed: completes every answer and gives each piece, in order, to `give` as finished
    /// lines. Fails as completing or `give` does.
    Status release(Filter& filter, const AccountAnswerer& answerer,
                   const std::function<Status(std::string&)>& give);

private:
    struct Item {
        std::string bytes;  // an account line with padding, or finished lines
        std::string value;
        Answer answer;
        bool answered = false;
    };
    std::vector<Item> items_;
};

}  // namespace tidemark::stream
