#include <fmt/format.h>

#include "json/escape.hpp"
#include "json/writer.hpp"
#include "record/error.hpp"
#include "stream/law/stream.hpp"

namespace tidemark::stream {
namespace {

void append_id(std::string& out, const json::Line& line, std::string_view name) {
    const std::uint32_t at = line.find(json::Line::root, name);
    if (at == 0) return;
    const json::Token& token = line.at(at);
    const bool quoted = token.kind == json::Kind::string;
    out += ',';
    json::append_quoted(out, name);
    out += quoted ? ":\"" : ":";
    out += line.raw(token);
    if (quoted) out += '"';
}

}  // namespace

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
    out.complaints += fmt::format("{}: {}:{}: {}{}{}\n", style.tool, json::printable(view.file), view.number,
                                  json::printable(error.field), error.field.empty() ? "" : ": ",
                                  json::printable(error.message));
}

void refuse(const Style& style, const LineView& view, const Error& error, std::string_view key,
            Written& out) {
    report(style, view, error, key, out);
    out.refused.append(view.text).append("\n");
    ++out.counts.rejected;
}

AccountAnswerer::AccountAnswerer(const Style& style, std::unique_ptr<Worker> worker, std::size_t line_bytes)
    : style_{style}, worker_{std::move(worker)}, line_{json::Limits{.line_bytes = line_bytes}} {}

void AccountAnswerer::answer(const LineView& view, Written& out) {
    const Status parsed = line_.parse(view.text);
    if (!parsed) return refuse(style_, view, parsed.error(), "", out);
    answer_parsed(view, line_, out);
}

void AccountAnswerer::answer_parsed(const LineView& view, const json::Line& line, Written& out) {
    value_.clear();
    const auto answer = worker_->answer(line, value_);
    if (!answer) return refuse(style_, view, answer.error(), key_of(line), out);
    ++out.counts.answered;
    out.counts.indeterminate += answer->indeterminate ? 1 : 0;
    out.counts.found += answer->found ? 1 : 0;
    write(line, value_, out.lines);
}

void AccountAnswerer::write(const json::Line& line, std::string_view value, std::string& out) const {
    if (style_.explain) {
        out += value;
        return;
    }
    if (style_.bare) {
        out += "{\"type\":";
        json::append_quoted(out, style_.member);
        append_id(out, line, "account_id");
        append_id(out, line, "ts");
        const bool list = value.front() == '[';
        if (list || value.size() > 2) out += ',';
        if (list) json::append_quoted(out, style_.member);
        out.append(list ? ":" : "").append(value, list ? 0 : 1).append(list ? "}" : "");
    } else {
        json::splice(out, line, style_.member, value);
    }
    out += '\n';
}

}  // namespace tidemark::stream
