#include <fmt/format.h>

#include "record/account.hpp"
#include "record/error.hpp"
#include "stream/law/complaint.hpp"
#include "stream/law/stream_loop.hpp"

namespace tidemark::stream {

void Stream::take_parsed(const LineView& view) {
    if (const Status parsed = parse_line(line_, view); !parsed) return refuse_line(view, parsed.error(), "");
    const auto type = type_of(line_, type_);
    if (!type) return refuse_line(view, type.error(), key_of(line_));
    if (*type == record::Eos::type) return take_eos(view);
    const Filter::Use use = filter_.use(*type);
    if (use == Filter::Use::answer) {
        count_account();
        return answer(view);
    }
    if (const Status known = check_type(*type, use); !known)
        return refuse_line(view, known.error(), key_of(line_));
    if (*type == record::Account::type)
        count_account();
    else if (age_.watched() && use != Filter::Use::none)
        age_.see(line_, *type);
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

void Stream::answer(const LineView& view) {
    if (unsettled_) refuse_old_market();
    if (outcome_.stopped()) {
        ++out_.counts.digested;
        return;
    }
    settle();
    answerer_->answer_parsed(view, line_, out_);
}

void Stream::count_account() {
    ++accounts_;
    ++file_.accounts;
}

/// Of a line that nobody takes for what it says it is. The same type again has been looked at.
Status Stream::check_type(std::string_view type, Filter::Use use) {
    if ((use != Filter::Use::none && use != Filter::Use::digest) || type == known_type_) return Ok{};
    if (Status fine = no_slip(type); !fine) return fine;
    known_type_ = type;
    return Ok{};
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
    const Status edited = answer_finite([&] { return filter_.edit(line_, type, out_.lines); });
    if (!edited) {
        out_.lines.resize(before);
        return refuse_line(view, edited.error(), key_of(line_));
    }
    ++out_.counts.passed;
    out_.lines += '\n';
}

/// All lines have come, and the tool lacks something that it was told to find among them.
void Stream::tell_unmet(const LineView& last) {
    for (const Error& error : filter_.unmet()) tell(last, error);
}

/// An error that is no line's: its record is one more.
void Stream::tell(const LineView& last, const Error& error) {
    report(style_, last, error, "", out_);
    ++out_.counts.derived;
    ++out_.counts.errors_in;
}

/// A line of another format gives records, errors or both; one with an error is refused as a whole.
void Stream::import_line(const LineView& view) {
    imported_.errors.clear();
    filter_.import_line(view.text, imported_);
    put_imported();
    if (imported_.errors.empty()) {
        ++out_.counts.digested;
        return;
    }
    refuse_line(view, imported_.errors.front(), "");
    for (std::size_t i = 1; i < imported_.errors.size() && !outcome_.stopped(); ++i)
        tell(view, imported_.errors[i]);
}

/// What only the end of the input shows is of no one line.
void Stream::end_import(const LineView& last) {
    imported_.errors.clear();
    filter_.end_import(imported_);
    put_imported();
    for (const Error& error : imported_.errors) {
        if (outcome_.stopped()) return;
        tell(last, error);
        if (settings_.stops_at_errors()) outcome_.stop("");
    }
}

void Stream::put_imported() {
    out_.refused += imported_.refused;
    imported_.refused.clear();
    const std::size_t before = out_.lines.size();
    out_.lines += imported_.lines;
    imported_.lines.clear();
    count_derived(before);
}

void Stream::take_eos(const LineView& view) {
    record::Eos eos;
    if (const Status read = reader_.read(line_, eos); !read) return refuse_line(view, read.error(), "");
    ++out_.counts.digested;
    saw_eos_ = file_.saw_eos = true;
    if (eos.complete && eos.records == file_.lines - 1) return;
    outcome_.stop(fmt::format("the producer's end of stream says {} lines{}, {} came", eos.records,
                              eos.complete ? "" : ", not complete", file_.lines - 1));
}

void Stream::settle() {
    if (!unsettled_) return;
    unsettled_ = false;
    outcome_.add(out_);  // what came under the market before
    outcome_.begin_market();
    derive([this] { return filter_.settle(out_.lines); });
}

void Stream::step() {
    derive([this]() -> Status {
        filter_.step(out_.lines);
        return Ok{};
    });
}

/// What could be derived has been; the rest is as indeterminate as an account without figures.
void Stream::give_up(const Error& error) {
    out_.keep_whole_lines();
    out_.complaints += complaint(style_.tool, error.message);
    ++out_.counts.indeterminate;
}

void Stream::count_derived(std::size_t from) {
    for (std::size_t i = from; i < out_.lines.size(); ++i)
        out_.counts.derived += out_.lines[i] == '\n' ? 1 : 0;
    if (only_answers()) out_.lines.resize(from);
}

/// One that is too long to be held: its bytes go straight to the quarantine, behind those before it.
Status Stream::refuse_long_line(const LineView& view, LineInput& input) {
    refuse_line(view, input.refusal(), "");
    if (settings_.quarantine.empty()) return Ok{};
    if (Status written = write(out_); !written) return written;
    Status kept = quarantine_.begin_line();
    while (kept) {
        const auto piece = input.rest();
        if (!piece) return piece.error();
        if (piece->empty()) break;
        kept = quarantine_.keep_more(*piece);
    }
    return kept;
}

void Stream::refuse_line(const LineView& view, const Error& error, std::string_view key) {
    refuse(style_, view, error, key, out_);
    filter_.refused(key);
    if (settings_.stops_at_errors()) outcome_.stop("");
}

}  // namespace tidemark::stream
