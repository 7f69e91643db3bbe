#include "stream/law/account_answerer.hpp"

#include "json/escape.hpp"
#include "json/writer.hpp"

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

std::string account_id(const json::Line& line) {
    std::string scratch;
    const std::uint32_t at = line.find(json::Line::root, "account_id");
    if (at == 0 || line.at(at).kind != json::Kind::string) return {};
    return std::string{line.string(line.at(at), scratch)};
}

}  // namespace

AccountAnswerer::AccountAnswerer(const Style& style, std::unique_ptr<Worker> worker,
                                 std::unique_ptr<BookPass> shard, std::size_t line_bytes)
    : style_{style},
      worker_{std::move(worker)},
      shard_{std::move(shard)},
      line_{json::Limits{.line_bytes = line_bytes}} {}

void AccountAnswerer::answer(const LineView& view, Written& out) {
    const Status parsed = parse_line(line_, view);
    if (!parsed) return refuse(style_, view, parsed.error(), "", out);
    answer_parsed(view, line_, out);
}

void AccountAnswerer::answer_parsed(const LineView& view, const json::Line& line, Written& out) {
    value_.clear();
    auto answer = answer_finite([&] { return worker_->answer(line, value_); });
    if (!answer) return refuse(style_, view, answer.error(), key_of(line), out);
    ++out.counts.answered;
    out.counts.indeterminate += answer->indeterminate ? 1 : 0;
    out.counts.found += answer->found ? 1 : 0;
    out.ids.push_back(account_id(line));
    if (answer->found) {
        answer->offender.key = out.ids.back();
        out.offenders.add(std::move(answer->offender));
    }
    if (!shard_) return write(line, value_, out.lines);
    if (!answer->contribution.empty()) shard_->add(answer->contribution);
    out.held.hold_finished(out.lines);
    out.held.hold(view, value_, std::move(answer->contribution));
}

void AccountAnswerer::write(const json::Line& line, std::string_view value, std::string& out) const {
    if (style_.explain) {
        out += value;
        return;
    }
    if (style_.bare)
        write_bare(line, value, out);
    else
        json::splice(out, line, style_.member, value);
    out += '\n';
}

void AccountAnswerer::write_bare(const json::Line& line, std::string_view value, std::string& out) const {
    out += "{\"type\":";
    json::append_quoted(out, style_.member);
    append_id(out, line, "account_id");
    append_id(out, line, "ts");
    const bool list = value.front() == '[';
    if (list || value.size() > 2) out += ',';
    if (list) json::append_quoted(out, style_.member);
    out.append(list ? ":" : "").append(value, list ? 0 : 1).append(list ? "}" : "");
}

}  // namespace tidemark::stream
