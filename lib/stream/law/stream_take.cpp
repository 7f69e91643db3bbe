#include <fmt/format.h>

#include "json/escape.hpp"
#include "record/error.hpp"
#include "stream/law/stream_loop.hpp"

namespace tidemark::stream {

void Stream::take_parsed(const LineView& view) {
    if (Status parsed = line_.parse(view.text); !parsed) {
        const bool cut = !view.complete && parsed.error().code == Errc::malformed_json;
        if (cut) parsed.error().code = Errc::truncated;
        return refuse_line(view, parsed.error(), "");
    }
    const auto type = type_of();
    if (!type) return refuse_line(view, type.error(), key_of(line_));
    if (*type == record::Eos::type) return take_eos(view);
    const Filter::Use use = filter_.use(*type);
    if (use == Filter::Use::answer) return take_account(view);
    if (use == Filter::Use::edit) return edit(view, *type);
    if (use == Filter::Use::follow) settle();
    if (use == Filter::Use::learn || use == Filter::Use::digest) {
        const Status learnt = filter_.learn(line_, *type);
        if (!learnt) return refuse_line(view, learnt.error(), key_of(line_));
        unsettled_ = true;
    }
    pass(view, *type, use);
    if (use == Filter::Use::learn || use == Filter::Use::digest) step();
}

void Stream::pass(const LineView& view, std::string_view type, Filter::Use use) {
    if (use == Filter::Use::digest && !settings_.keep) {
        ++out_.counts.digested;
        return;
    }
    out_.counts.errors_in += type == record::Error::type ? 1 : 0;
    ++out_.counts.passed;
    if (!only_answers()) out_.lines.append(view.text).append("\n");
}

/// A line that the tool changes.
void Stream::edit(const LineView& view, std::string_view type) {
    const std::size_t before = out_.lines.size();
    if (const Status edited = filter_.edit(line_, type, out_.lines); !edited) {
        out_.lines.resize(before);
        return refuse_line(view, edited.error(), key_of(line_));
    }
    ++out_.counts.passed;
    out_.lines += '\n';
}

/// All lines have come, and the tool lacks something that it was told to find among them.
void Stream::tell_unmet(const LineView& last) {
    for (const Error& error : filter_.unmet()) {
        report(style_, last, error, "", out_);
        ++out_.counts.derived;
        ++out_.counts.errors_in;
        unmet_ = true;
    }
}

Result<std::string_view> Stream::type_of() {
    const std::uint32_t at = line_.find(json::Line::root, "type");
    if (at == 0) return Error{Errc::missing_field, "want this member, got none", "type", 0};
    if (line_.at(at).kind != json::Kind::string)
        return Error{Errc::wrong_type, "want a string", "type", line_.at(at).begin};
    return line_.string(line_.at(at), type_);
}

void Stream::take_eos(const LineView& view) {
    record::Eos eos;
    if (const Status read = reader_.read(line_, eos); !read) return refuse_line(view, read.error(), "");
    ++out_.counts.digested;
    saw_eos_ = true;
    if (eos.complete && eos.records == lines_in_ - 1) return;
    outcome_.stop(fmt::format("the producer's end of stream says {} lines{}, {} came", eos.records,
                              eos.complete ? "" : ", not complete", lines_in_ - 1));
}

void Stream::take_account(const LineView& view) {
    settle();
    if (!filter_.holds()) return answerer_->answer_parsed(view, line_, out_);
    std::string value;
    const auto answer = answerer_->draft(line_, value);
    if (!answer) return refuse_line(view, answer.error(), key_of(line_));
    held_.hold_finished(out_.lines);
    held_.hold(view.text, std::move(value), *answer);
    ++out_.counts.answered;
    out_.counts.indeterminate += answer->indeterminate ? 1 : 0;
}

void Stream::settle() {
    if (!unsettled_) return;
    unsettled_ = false;
    const std::size_t before = out_.lines.size();
    if (const Status settled = filter_.settle(out_.lines); !settled) {
        // What could be derived has been; the rest is as indeterminate as an account without figures.
        out_.complaints += fmt::format("{}: {}\n", style_.tool, json::printable(settled.error().message));
        ++out_.counts.indeterminate;
    }
    count_derived(before);
}

void Stream::step() {
    const std::size_t before = out_.lines.size();
    filter_.step(out_.lines);
    count_derived(before);
}

void Stream::count_derived(std::size_t from) {
    for (std::size_t i = from; i < out_.lines.size(); ++i)
        out_.counts.derived += out_.lines[i] == '\n' ? 1 : 0;
    if (only_answers()) out_.lines.resize(from);
}

void Stream::refuse_line(const LineView& view, const Error& error, std::string_view key) {
    refuse(style_, view, error, key, out_);
    if (settings_.on_error == "stop") outcome_.stop("");
}

}  // namespace tidemark::stream
