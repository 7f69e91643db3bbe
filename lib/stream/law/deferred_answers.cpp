#include "stream/law/deferred_answers.hpp"

#include <iterator>

namespace tidemark::stream {

void DeferredAnswers::hold(Item item) {
    bytes_ += sizeof item + item.bytes.size() + item.value.size() + item.contribution.size();
    items_.push_back(std::move(item));
}

void DeferredAnswers::hold(std::string_view line, std::string value, std::string contribution) {
    std::string bytes;
    bytes.reserve(line.size() + json::padding);
    bytes.append(line).append(json::padding, '\0');
    hold({std::move(bytes), std::move(value), std::move(contribution), true});
}

void DeferredAnswers::hold_finished(std::string& lines) {
    if (lines.empty()) return;
    hold({lines, {}, {}, false});
    lines.clear();
}

void DeferredAnswers::append(DeferredAnswers& later) {
    items_.insert(items_.end(), std::make_move_iterator(later.items_.begin()),
                  std::make_move_iterator(later.items_.end()));
    bytes_ += later.bytes_;
    later.items_.clear();
    later.bytes_ = 0;
}

Status DeferredAnswers::release(const BookPass& book, const Write& write,
                                const std::function<Status(std::string&)>& give) {
    json::Line line{json::Limits{.line_bytes = std::size_t{1} << 30}};
    std::string out;
    for (Item& item : items_) {
        if (item.answered) {
            if (Status done = complete(item, book, line, write, out); !done) return done;
        } else {
            out.swap(item.bytes);
        }
        if (Status given = give(out); !given) return given;
        out.clear();
        item = {};
    }
    items_.clear();
    bytes_ = 0;
    return Ok{};
}

Status DeferredAnswers::complete(Item& item, const BookPass& book, json::Line& line, const Write& write,
                                 std::string& out) {
    if (!item.contribution.empty()) {
        if (Status completed = book.complete(item.value, item.contribution); !completed) return completed;
    }
    const std::string_view text{item.bytes.data(), item.bytes.size() - json::padding};
    if (Status parsed = line.parse(text); !parsed) return parsed;
    write(line, item.value, out);
    return Ok{};
}

}  // namespace tidemark::stream
