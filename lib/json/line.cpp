#include "json/line.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/escape.hpp"
#include "json/name_hash.hpp"
#include "json/walk.hpp"

namespace tidemark::json {
namespace {

/// Values, commas, colons and brackets of a line or document: each takes 32 bytes of memory, whatever it is.
constexpr std::size_t most_tokens = std::size_t{1} << 22;

}  // namespace

std::string_view kind_name(Kind kind) {
    switch (kind) {
        case Kind::object:
            return "an object";
        case Kind::array:
            return "an array";
        case Kind::string:
            return "a string";
        case Kind::number:
            return "a number";
        case Kind::boolean:
            return "a boolean";
        case Kind::null:
            return "null";
    }
    return "nothing";
}

Line::Line() : Line{Limits{}} {}
Line::Line(Limits limits) : limits_{limits} {
    forget();
}
Line::Line(Line&&) noexcept = default;
Line& Line::operator=(Line&&) noexcept = default;
Line::~Line() = default;

Status Line::parse(std::string_view text) {
    Status parsed = parse_whole(text);
    if (!parsed) forget();
    return parsed;
}

/// An object without members: the tokens of the line before, over the bytes of this one, say nothing true.
void Line::forget() {
    if (capacity_ == 0) {
        capacity_ = 1;
        tokens_ = std::make_unique<Token[]>(capacity_);
    }
    tokens_[root] = {};
    tokens_[root].next = 1;
}

Status Line::parse_whole(std::string_view text) {
    text_ = text;
    if (text.size() > limits_.line_bytes)
        return Error{Errc::line_too_long, fmt::format("want at most {} bytes a line", limits_.line_bytes), "",
                     limits_.line_bytes};
    Status parsed = tokenize();
    if (parsed) return parsed;
    const std::size_t nul = text.find('\0');
    if (nul == std::string_view::npos) return parsed;
    return Error{Errc::embedded_nul, "want no NUL byte in a line", "", nul};
}

Status Line::tokenize() {
    if (Status indexed = index_.index(text_); !indexed) return indexed;
    const std::span<const std::uint32_t> positions = index_.positions();
    if (positions.size() > most_tokens)
        return Error{
            Errc::too_many,
            fmt::format("want at most {} values, commas, colons and brackets in a line", most_tokens), "",
            positions[most_tokens]};
    // Every token begins at a position, so there are no more of them.
    if (capacity_ < positions.size()) {
        capacity_ = 2 * positions.size();
        tokens_ = std::make_unique<Token[]>(capacity_);
    }
    Walk walk{text_, positions, limits_, tokens_.get()};
    return walk.run();
}

std::uint32_t Line::find(std::uint32_t object, std::string_view name) const {
    const std::uint64_t hash = name_hash(name);
    for (std::uint32_t key = object + 1; key < tokens_[object].next; key = tokens_[key + 1].next) {
        if (tokens_[key].name_hash == hash && spells(tokens_[key], name)) return key + 1;
    }
    return 0;
}

std::string_view Line::string(const Token& t, std::string& scratch) const {
    if (!t.escaped) return raw(t);
    scratch.clear();
    unescape(scratch, raw(t));
    return scratch;
}

bool Line::spells_slowly(const Token& key, std::string_view name) const {
    if (!key.escaped) return raw(key) == name;
    std::string scratch;
    return string(key, scratch) == name;
}

void splice(std::string& out, const Line& line, std::string_view name, std::string_view value_json) {
    const std::string_view text = line.text();
    if (const std::uint32_t old = line.find(Line::root, name); old != 0) {
        const Token& value = line.at(old);
        const std::size_t quote = value.kind == Kind::string ? 1 : 0;
        out.append(text.substr(0, value.begin - quote))
            .append(value_json)
            .append(text.substr(value.end + quote));
        return;
    }
    const std::size_t brace = line.at(Line::root).end - 1;
    out.append(text.substr(0, brace));
    if (line.at(Line::root).next > 1) out += ',';
    append_quoted(out, name);
    out += ':';
    out.append(value_json).append(text.substr(brace));
}

}  // namespace tidemark::json
