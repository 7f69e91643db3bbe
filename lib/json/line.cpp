#include "json/line.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "json/escape.hpp"
#include "json/name_hash.hpp"
#include "json/walk.hpp"

namespace tidemark::json {

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

/// simdjson's first stage: UTF-8 checked, and the position of every bracket, colon, comma, opening quote and
/// first byte of a scalar.
struct Line::Structure {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    std::size_t capacity = 0;

    simdjson::error_code index(std::string_view text) {
        if (!stage || capacity < text.size()) {
            capacity = std::max<std::size_t>(text.size() * 2, 4096);
            const auto made =
                simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 64, stage);
            if (made != simdjson::SUCCESS) return made;
        }
        return stage->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                             simdjson::stage1_mode::regular);
    }
};

namespace {

/// The first control character within a string; the end where there is none.
std::size_t control_in_string(std::string_view text) {
    bool inside = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (inside && text[at] == '\\') {
            ++at;
        } else if (text[at] == '"') {
            inside = !inside;
        } else if (inside && static_cast<unsigned char>(text[at]) < 0x20) {
            return at;
        }
    }
    return text.size();
}

Error structure_error(simdjson::error_code code, std::string_view text) {
    switch (code) {
        case simdjson::UTF8_ERROR:
            return {Errc::bad_utf8, "want UTF-8", "", first_not_utf8(text)};
        case simdjson::UNCLOSED_STRING:
            return {Errc::malformed_json, "want every string closed on its line", "", text.rfind('"')};
        case simdjson::UNESCAPED_CHARS:
            return {Errc::malformed_json, "want control characters in strings escaped", "",
                    control_in_string(text)};
        case simdjson::MEMALLOC:
            return {Errc::internal, "out of memory", "", 0};
        default:
            return {Errc::malformed_json, "want one JSON object a line, got none", "", 0};
    }
}

}  // namespace

Line::Line() : Line{Limits{}} {}
Line::Line(Limits limits) : structure_{std::make_unique<Structure>()}, limits_{limits} {}
Line::Line(Line&&) noexcept = default;
Line& Line::operator=(Line&&) noexcept = default;
Line::~Line() = default;

Status Line::parse(std::string_view text) {
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
    const simdjson::error_code indexed = structure_->index(text_);
    if (indexed != simdjson::SUCCESS) return structure_error(indexed, text_);
    const auto& stage = *structure_->stage;
    // Every token begins at a position, so there are no more of them.
    if (capacity_ < stage.n_structural_indexes) {
        capacity_ = std::size_t{2} * stage.n_structural_indexes;
        tokens_ = std::make_unique<Token[]>(capacity_);
    }
    Walk walk{text_, {stage.structural_indexes.get(), stage.n_structural_indexes}, limits_, tokens_.get()};
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
