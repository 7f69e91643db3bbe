#include <fmt/format.h>

#include <algorithm>

#include "json/writer.hpp"
#include "record/error.hpp"
#include "stream/law/complaint.hpp"
#include "stream/law/stream_loop.hpp"

namespace tidemark::stream {

/// Sends what is finished on its way, and empties it; behind an answer that waits it waits too.
Status Stream::write(Written& out) {
    outcome_.add(out);
    if (!out.complaints.empty()) {
        if (Status told = say(out.complaints); !told) return told;
    }
    out.complaints.clear();
    if (Status kept = quarantine_.keep(out.refused); !kept) return kept;
    out.refused.clear();
    if (held_.empty() && out.held.empty()) {
        Status put = sink_.put(out.lines);
        out.lines.clear();
        return put;
    }
    held_.append(out.held);
    held_.hold_finished(out.lines);
    if (held_.bytes() <= static_cast<std::size_t>(settings_.max_held)) return Ok{};
    return Error{Errc::too_many,
                 fmt::format("want at most {} bytes of answers that wait for the end of the book, got more "
                             "(see --max-held)",
                             settings_.max_held),
                 "", 0};
}

Status Stream::write_when_large() {
    constexpr std::size_t large = std::size_t{64} << 10;
    const bool due = out_.lines.size() + out_.held.bytes() >= large || !out_.complaints.empty();
    return due ? write(out_) : Status{Ok{}};
}

Status Stream::send_all() {
    if (Status drained = drain(); !drained) return drained;
    if (Status written = write(out_); !written) return written;
    return sink_.flush();
}

Status Stream::finish() {
    if (Status drained = drain(); !drained) return drained;
    settle();
    refuse_old_market();
    refuse_no_accounts();
    if (Status written = write(out_); !written) return written;
    if (Status released = release_held(); !released) return released;
    if (!outcome_.stopped() && (any_input() || settings_.allow_empty)) {
        if (Status concluded = conclude(); !concluded) return concluded;
    }
    if (const std::string told = age_.advice(); !told.empty()) complain(style_.tool, told);
    if ((settings_.eos || saw_eos_) && !only_answers()) write_eos();
    return Ok{};
}

/// The book is closed: what every thread added to it comes together, and answers go out in order.
Status Stream::release_held() {
    if (held_.empty()) return Ok{};
    book_->merge(*answerer_->shard());
    if (workers_) {
        for (const auto& answerer : workers_->answerers()) book_->merge(*answerer->shard());
    }
    book_->close();
    DeferredAnswers all;
    std::swap(all, held_);
    const auto put = [this](const json::Line& line, std::string_view value, std::string& out) {
        answerer_->write(line, value, out);
    };
    return all.release(
        *book_, put, [this](std::string& lines) { return sink_.put(lines); },
        [this](const LineView& view, const json::Line& line, const Error& error) {
            return refuse_held(view, line, error);
        });
}

/// By the clock, for --max-age.
void Stream::refuse_old_market() {
    if (outcome_.stopped() || !any_input()) return;
    if (const std::string why = age_.refusal(); !why.empty()) outcome_.stop(why);
}

/// Lines came, each was understood, and none was an account: there is nothing that could be well.
void Stream::refuse_no_accounts() {
    Counts all = outcome_.total();
    all.add(out_.counts);
    if (!description_.accounts || settings_.allow_empty || outcome_.stopped() || !any_input()) return;
    const bool none = description_.every_file ? bare_file_ : accounts_ == 0;
    if (!none || all.rejected > 0 || all.errors_in > 0) return;
    outcome_.stop(fmt::format(
        "want at least one account record{}, got none among {} line{}{} (--allow-empty accepts that)",
        description_.every_file ? " in each file" : "", lines_in_, lines_in_ == 1 ? "" : "s",
        description_.every_file
            ? ""
            : "; market records go before the accounts or with --market, accounts in FILE"));
}

/// A line that was counted as answered, and whose answer could not be completed.
Status Stream::refuse_held(const LineView& view, const json::Line& line, const Error& error) {
    --out_.counts.answered;
    refuse_line(view, error, key_of(line));
    return write(out_);
}

/// A figure that cannot be written ends what is concluded, and not the run: what stands before it is given.
Status Stream::conclude() {
    Conclusion conclusion;
    Status concluded = answer_finite([&] { return filter_.conclude(conclusion); });
    if (!concluded && concluded.error().code != Errc::out_of_domain) return concluded;
    derive([&] {
        out_.lines += conclusion.lines;
        return concluded;
    });
    out_.counts.indeterminate += conclusion.indeterminate;
    out_.counts.found += conclusion.found;
    out_.offenders.add(conclusion.offenders);
    return Ok{};
}

void Stream::write_eos() {
    Counts all = outcome_.total();
    all.add(out_.counts);
    const bool any = any_input() || settings_.allow_empty;
    const bool whole =
        any && !outcome_.stopped() && all.rejected == 0 && all.errors_in == 0 && !outcome_.repeated();
    json::append_line(out_.lines, record::Eos{all.written(), whole});
}

}  // namespace tidemark::stream
