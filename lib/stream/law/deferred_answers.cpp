#include "stream/law/deferred_answers.hpp"

#include "json/number.hpp"

namespace tidemark::stream {

void DeferredAnswers::hold(std::string_view line, std::string value, const Answer& answer) {
    Item& item = items_.emplace_back();
    item.bytes.assign(line).append(json::padding, '\0');
    item.value = std::move(value);
    item.answer = answer;
    item.answered = true;
}

void DeferredAnswers::hold_finished(std::string& lines) {
    if (lines.empty()) return;
    items_.emplace_back().bytes.swap(lines);
}

Status DeferredAnswers::release(Filter& filter, const AccountAnswerer& answerer,
                                const std::function<Status(std::string&)>& give) {
    std::vector<double> keys;
    for (const Item& item : items_) {
        if (item.answer.has_key) keys.push_back(item.answer.key);
    }
    filter.close_book(keys);
    json::Line line{json::Limits{.line_bytes = std::size_t{1} << 30}};
    std::string out;
    for (Item& item : items_) {
        if (!item.answered) {
            out.swap(item.bytes);
        } else {
            if (Status completed = filter.complete(item.value, item.answer); !completed) return completed;
            const std::string_view text{item.bytes.data(), item.bytes.size() - json::padding};
            if (Status parsed = line.parse(text); !parsed) return parsed;
            answerer.write(line, item.value, out);
        }
        if (Status given = give(out); !given) return given;
        out.clear();
    }
    items_.clear();
    return Ok{};
}

}  // namespace tidemark::stream
