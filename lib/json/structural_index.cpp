#include "json/structural_index.hpp"

#include <simdjson.h>

#include <algorithm>

#include "json/escape.hpp"

namespace tidemark::json {
namespace {

static_assert(simdjson::SIMDJSON_VERSION_MAJOR == 3,
              "internals of another simdjson: see structural_index.hpp");

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

struct StructuralIndex::Stage {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
    std::size_t capacity = 0;

    simdjson::error_code run(std::string_view text) {
        if (!parser || capacity < text.size()) {
            // The library keeps four bytes for each byte of this: room to grow is for lines, not for
            // documents.
            const std::size_t room = std::min<std::size_t>(text.size(), std::size_t{1} << 20);
            capacity = std::max<std::size_t>(text.size() + room, 4096);
            const auto made =
                simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 64, parser);
            if (made != simdjson::SUCCESS) return made;
        }
        return parser->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                              simdjson::stage1_mode::regular);
    }
};

StructuralIndex::StructuralIndex() : stage_{std::make_unique<Stage>()} {}
StructuralIndex::StructuralIndex(StructuralIndex&&) noexcept = default;
StructuralIndex& StructuralIndex::operator=(StructuralIndex&&) noexcept = default;
StructuralIndex::~StructuralIndex() = default;

Status StructuralIndex::index(std::string_view text) {
    const simdjson::error_code code = stage_->run(text);
    if (code == simdjson::SUCCESS) return Ok{};
    return structure_error(code, text);
}

std::span<const std::uint32_t> StructuralIndex::positions() const {
    const auto& parser = *stage_->parser;
    return {parser.structural_indexes.get(), parser.n_structural_indexes};
}

}  // namespace tidemark::json
