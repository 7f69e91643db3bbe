#include "feed/shared/documents.hpp"

#include <fmt/format.h>

namespace tidemark::feed {
namespace {

constexpr std::size_t largest_document = std::size_t{256} << 20;

json::Limits limits() {
    json::Limits limits;
    limits.line_bytes = largest_document;
    limits.members = 20'000;  // a map of every market of a venue
    limits.array_root = true;
    return limits;
}

}  // namespace

Documents::Documents() : line_{limits()} {}

/// Counts the brackets of the line that stand outside strings.
void Documents::scan(std::string_view text) {
    open_string_ = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (open_string_) {
            if (c == '\\') ++i;
            if (c == '"') open_string_ = false;
        } else if (c == '"') {
            open_string_ = true;
        } else if (c == '{' || c == '[') {
            ++depth_;
        } else if (c == '}' || c == ']') {
            --depth_;
        }
    }
}

void Documents::line(std::string_view text, Output& out) {
    ++lines_;
    scan(text);
    const bool first = pending_.empty();
    if (first && (depth_ <= 0 || open_string_)) return parse(text, true, out);
    if (first) began_ = lines_;
    pending_.append(text).append("\n");
    if (depth_ > 0 && !open_string_ && pending_.size() < largest_document) return;
    pending_.append(json::padding, '\0');
    parse(std::string_view{pending_}.substr(0, pending_.size() - json::padding), false, out);
    pending_.clear();
}

void Documents::parse(std::string_view text, bool one_line, Output& out) {
    depth_ = 0;
    if (Status parsed = line_.parse(text); !parsed) {
        Error& error = parsed.error();
        if (!one_line) {
            error.message += fmt::format(" (in the document that begins {} lines before)", lines_ - began_);
            error.offset = 0;
        }
        if (!one_line) out.refused.append(text.substr(0, text.find_last_of('\n', text.size() - 2) + 1));
        out.errors.push_back(std::move(error));
        return;
    }
    const std::size_t before = out.errors.size();
    document(line_, out);
    for (std::size_t i = before; i < out.errors.size() && !one_line; ++i) out.errors[i].offset = 0;
}

void Documents::finish(Output& out) {
    if (!pending_.empty()) {
        out.refused += pending_;
        pending_.clear();
        out.errors.push_back(
            {Errc::truncated,
             fmt::format("want the document that begins at line {} to end, got the end of the "
                         "input",
                         began_),
             "", 0});
    }
    end(out);
}

}  // namespace tidemark::feed
