#include "cli/stream.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <optional>

#include "cli/held_book.hpp"
#include "cli/outcome.hpp"
#include "cli/sink.hpp"
#include "cli/workers.hpp"
#include "json/escape.hpp"
#include "json/writer.hpp"
#include "record/error.hpp"

namespace tidemark::cli {
namespace {

/// A line that may go to a worker unread. Others are looked at first, so this decides speed, never meaning.
bool plainly_account(std::string_view line) {
    return line.starts_with(R"({"type":"account",)");
}

Format format_of(const Settings& settings) {
    if (settings.explain) return Format::json;
    return settings.format == "table" ? Format::table : settings.format == "csv" ? Format::csv : Format::json;
}

class Stream {
public:
    Stream(const Tool& tool, Filter& filter, const Settings& settings);
    int run();

private:
    Status load_market();
    Status learn_only(const LineView& view);
    Status read_all();
    Status take(const LineView& view);
    void take_parsed(const LineView& view);
    void take_account(const LineView& view);
    void edit(const LineView& view, std::string_view type);
    void tell_unmet(const LineView& last);
    void take_eos(const LineView& view);
    void pass(const LineView& view, std::string_view type, Filter::Use use);
    void settle();
    void step();
    void count_derived(std::size_t from);
    void refuse_line(const LineView& view, const Error& error, std::string_view key);
    Result<std::string_view> type_of();

    void start_workers();
    Status give(const LineView& view);
    Status dispatch();
    Status drain();

    Status write(Written& out);
    Status write_when_large();
    Status send_all();
    Status finish();

    [[nodiscard]] std::size_t line_bytes() const { return static_cast<std::size_t>(settings_.max_line); }
    [[nodiscard]] bool only_answers() const { return settings_.bare || settings_.explain; }

    Filter& filter_;
    const Settings& settings_;
    Style style_;
    Sink sink_;
    Outcome outcome_;
    Quarantine quarantine_;
    HeldBook held_;
    json::Line line_;
    json::Reader reader_;
    std::string type_;
    std::optional<Answerer> answerer_;
    std::optional<Workers> workers_;
    std::unique_ptr<Chunk> chunk_;
    Written out_;
    std::int64_t lines_in_ = 0;  // of the stream, without --market
    bool saw_eos_ = false, unsettled_ = false, unmet_ = false;
};

Stream::Stream(const Tool& tool, Filter& filter, const Settings& settings)
    : filter_{filter},
      settings_{settings},
      style_{tool.name, tool.adds, settings.bare, settings.explain},
      sink_{format_of(settings), tool.columns, tool.adds.empty() ? tool.adds_records : tool.adds},
      outcome_{tool.name},
      line_{json::Limits{.line_bytes = static_cast<std::size_t>(settings.max_line)}} {
    if (auto worker = filter.worker()) answerer_.emplace(style_, std::move(worker), line_bytes());
    if (settings.jobs > 1 && answerer_ && !filter.holds()) start_workers();
}

int Stream::run() {
    Status status = quarantine_.open(settings_.quarantine);
    if (status) status = load_market();
    if (status) status = read_all();
    if (status) status = finish();
    if (status) status = write(out_);
    if (status) status = quarantine_.close();
    if (status) status = sink_.close();
    return outcome_.exit_status(status, lines_in_ > 0, settings_.allow_empty);
}

Status Stream::load_market() {
    if (settings_.market_files.empty()) return Ok{};
    LineInput input{settings_.market_files, line_bytes()};
    LineView view;
    while (!outcome_.stopped()) {
        const auto got = input.next(view);
        if (!got) return got.error();
        if (*got == LineInput::Got::end) break;
        const Status learnt = *got == LineInput::Got::line ? learn_only(view) : Status{input.refusal()};
        if (learnt) continue;
        ++out_.counts.in;
        refuse_line(view, learnt.error(), *got == LineInput::Got::line ? key_of(line_) : "");
    }
    return Ok{};
}

/// A line of --market: taken in, not passed on.
Status Stream::learn_only(const LineView& view) {
    if (Status parsed = line_.parse(view.text); !parsed) return parsed;
    const auto type = type_of();
    if (!type) return type.error();
    const Filter::Use use = filter_.use(*type);
    if (use != Filter::Use::learn && use != Filter::Use::digest) return Ok{};
    unsettled_ = true;
    return filter_.learn(line_, *type);
}

Status Stream::read_all() {
    LineInput input{settings_.files, line_bytes()};
    LineView view;
    while (!outcome_.stopped()) {
        if (input.would_block()) {
            if (Status sent = send_all(); !sent) return sent;
        }
        const auto got = input.next(view);
        if (!got) {
            // What was answered before stands; then the run fails.
            if (Status sent = send_all(); !sent) return sent;
            return got.error();
        }
        if (*got == LineInput::Got::end) break;
        ++out_.counts.in;
        ++lines_in_;
        if (*got == LineInput::Got::line) {
            if (Status taken = take(view); !taken) return taken;
        } else {
            if (Status drained = drain(); !drained) return drained;
            refuse_line(view, input.refusal(), "");
        }
        if (settings_.on_error == "stop" && out_.counts.rejected > 0) outcome_.stop("");
        if (Status written = settings_.line_buffered ? send_all() : write_when_large(); !written)
            return written;
    }
    if (lines_in_ > 0 && !outcome_.stopped()) tell_unmet(view);
    return Ok{};
}

Status Stream::take(const LineView& view) {
    if (workers_ && !unsettled_ && plainly_account(view.text)) return give(view);
    if (Status drained = drain(); !drained) return drained;
    take_parsed(view);
    return Ok{};
}

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

void Stream::start_workers() {
    std::vector<std::unique_ptr<Answerer>> answerers;
    for (std::int64_t i = 0; i < settings_.jobs; ++i)
        answerers.push_back(std::make_unique<Answerer>(style_, filter_.worker(), line_bytes()));
    workers_.emplace(std::move(answerers));
    chunk_ = std::make_unique<Chunk>();
}

Status Stream::give(const LineView& view) {
    // What came before goes out before what the workers give.
    if (!out_.lines.empty()) {
        if (Status written = write(out_); !written) return written;
    }
    chunk_->add(view);
    return chunk_->bytes.size() < Workers::chunk_bytes ? Status{Ok{}} : dispatch();
}

Status Stream::dispatch() {
    if (chunk_->lines.empty()) return Ok{};
    chunk_->seal();
    workers_->submit(std::move(chunk_));
    chunk_ = std::make_unique<Chunk>();
    while (workers_->under_way() > workers_->room()) {
        if (Status written = write(workers_->collect()->out); !written) return written;
    }
    return Ok{};
}

/// Waits for every line that has been given out: the market may change after this.
Status Stream::drain() {
    if (!workers_) return Ok{};
    if (Status sent = dispatch(); !sent) return sent;
    while (auto chunk = workers_->collect()) {
        if (Status written = write(chunk->out); !written) return written;
    }
    return Ok{};
}

/// Sends what is finished on its way, and empties it.
Status Stream::write(Written& out) {
    outcome_.add(out.counts);
    out.counts = {};
    if (!out.complaints.empty()) {
        if (Status told = write_all(STDERR_FILENO, out.complaints); !told) return told;
    }
    out.complaints.clear();
    if (Status kept = quarantine_.keep(out.refused); !kept) return kept;
    out.refused.clear();
    Status put = sink_.put(out.lines);
    out.lines.clear();
    return put;
}

Status Stream::write_when_large() {
    constexpr std::size_t large = std::size_t{64} << 10;
    const bool due = out_.lines.size() >= large || !out_.complaints.empty();
    return due && held_.empty() ? write(out_) : Status{Ok{}};
}

Status Stream::send_all() {
    if (Status drained = drain(); !drained) return drained;
    if (held_.empty()) {
        if (Status written = write(out_); !written) return written;
    }
    return sink_.flush();
}

Status Stream::finish() {
    if (Status drained = drain(); !drained) return drained;
    settle();
    if (!held_.empty()) {
        held_.hold_finished(out_.lines);
        const auto give_out = [this](std::string& lines) {
            out_.lines.swap(lines);
            return write(out_);
        };
        if (Status released = held_.release(filter_, *answerer_, give_out); !released) return released;
    }
    if (settings_.require_eos && !saw_eos_ && !outcome_.stopped())
        outcome_.stop("want an end-of-stream record, got none (--require-eos)");
    if ((settings_.eos || saw_eos_) && !only_answers()) {
        Counts all = outcome_.total();
        all.add(out_.counts);
        json::append_line(out_.lines, record::Eos{all.written(), !outcome_.stopped() && all.rejected == 0 && !unmet_});
    }
    return Ok{};
}

}  // namespace

int run_stream(const Tool& tool, Filter& filter, const Settings& settings) {
    return Stream{tool, filter, settings}.run();
}

}  // namespace tidemark::cli
