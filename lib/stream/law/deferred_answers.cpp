#include "stream/law/deferred_answers.hpp"

#include <iterator>

#include "stream/law/line_law.hpp"

namespace tidemark::stream {
namespace {

/// Completes the value by the book. Fails where that does, or where a figure cannot be written.
Status complete(std::string& value, std::string_view contribution, const BookPass& book) {
    if (contribution.empty()) return Ok{};
    return answer_finite([&] { return book.complete(value, contribution); });
}

}  // namespace

LineView DeferredAnswers::Item::view() const {
    const std::string_view raw{bytes.data(), bytes.size() - json::padding};
    return {raw.substr(0, text_bytes), file, number, offset, true, raw};
}

void DeferredAnswers::hold(Item item) {
    bytes_ += sizeof item + item.bytes.size() + item.value.size() + item.contribution.size();
    items_.push_back(std::move(item));
}

void DeferredAnswers::hold(const LineView& view, std::string value, std::string contribution) {
    std::string bytes;
    bytes.reserve(view.raw.size() + json::padding);
    bytes.append(view.raw).append(json::padding, '\0');
    hold({std::move(bytes), std::move(value), std::move(contribution), view.file, view.number, view.offset,
          view.text.size()});
}

void DeferredAnswers::hold_finished(std::string& lines) {
    if (lines.empty()) return;
    hold({.bytes = lines});
    lines.clear();
}

void DeferredAnswers::append(DeferredAnswers& later) {
    items_.insert(items_.end(), std::make_move_iterator(later.items_.begin()),
                  std::make_move_iterator(later.items_.end()));
    bytes_ += later.bytes_;
    later.items_.clear();
    later.bytes_ = 0;
}

Status DeferredAnswers::release(const BookPass& book, const Write& write, const Give& give,
                                const Refuse& refuse) {
    json::Line line{json::Limits{.line_bytes = std::size_t{1} << 30}};
    std::string out;
    for (Item& item : items_) {
        Status completed = Ok{};
        if (item.answered()) {
            if (Status parsed = line.parse(item.view().text); !parsed) return parsed;
            completed = complete(item.value, item.contribution, book);
            if (!completed && completed.error().code == Errc::internal) return completed;
            if (completed) write(line, item.value, out);
        } else {
            out.swap(item.bytes);
        }
        Status placed = completed ? give(out) : refuse(item.view(), line, completed.error());
        if (!placed) return placed;
        out.clear();
        item = {};
    }
    items_.clear();
    bytes_ = 0;
    return Ok{};
}

}  // namespace tidemark::stream
