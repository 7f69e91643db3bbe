#include "stream/law/line_law.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/near_miss.hpp"
#include "json/escape.hpp"
#include "json/writer.hpp"
#include "record/error.hpp"
#include "record/types.hpp"
#include "stream/law/complaint.hpp"

namespace tidemark::stream {

void Counts::add(const Counts& other) {
    in += other.in;
    passed += other.passed;
    digested += other.digested;
    answered += other.answered;
    rejected += other.rejected;
    errors_in += other.errors_in;
    indeterminate += other.indeterminate;
    found += other.found;
    derived += other.derived;
}

Status parse_line(json::Line& line, const LineView& view) {
    Status parsed = line.parse(view.text);
    if (!parsed && !view.complete && parsed.error().code == Errc::malformed_json)
        parsed.error().code = Errc::truncated;
    return parsed;
}

Result<std::string_view> type_of(const json::Line& line, std::string& scratch) {
    const std::uint32_t at = line.find(json::Line::root, "type");
    if (at == 0) return Error{Errc::missing_field, "want this member, got none", "type", 0};
    if (line.at(at).kind != json::Kind::string)
        return Error{Errc::wrong_type, "want a string", "type", line.at(at).begin};
    return line.string(line.at(at), scratch);
}

Status no_slip(std::string_view type) {
    const auto& known = record::known_types;
    if (std::find(known.begin(), known.end(), type) != known.end()) return Ok{};
    const std::string_view meant = near_miss(type, known);
    if (meant.empty()) return Ok{};
    return Error{Errc::suspect_field, fmt::format("want '{}' perhaps, got '{}'", meant, type), "type", 0};
}

std::string key_of(const json::Line& line) {
    for (const std::string_view name : {"account_id", "symbol", "asset", "underlying"}) {
        const std::uint32_t at = line.find(json::Line::root, name);
        if (at == 0 || line.at(at).kind != json::Kind::string) continue;
        std::string scratch;
        return std::string{line.string(line.at(at), scratch)};
    }
    return {};
}

void report(const Style& style, const LineView& view, const Error& error, std::string_view key,
            Written& out) {
    record::Error refusal;
    refusal.tool = style.tool;
    refusal.code = errc_name(error.code);
    refusal.file = view.file;
    refusal.line = view.number;
    refusal.offset = view.offset + static_cast<std::int64_t>(error.offset);
    if (!error.field.empty()) refusal.field = error.field;
    if (!key.empty()) refusal.key = key;
    refusal.message = error.message;
    if (!style.explain) json::append_line(out.lines, refusal);
    out.complaints += complaint(style.tool, fmt::format("{}:{}: {}{}{}", view.file, view.number, error.field,
                                                        error.field.empty() ? "" : ": ", error.message));
}

void refuse(const Style& style, const LineView& view, const Error& error, std::string_view key,
            Written& out) {
    report(style, view, error, key, out);
    if (!out.refused.empty() && out.refused.back() != '\n') out.refused += '\n';
    out.refused += view.raw;
    ++out.counts.rejected;
}

}  // namespace tidemark::stream
