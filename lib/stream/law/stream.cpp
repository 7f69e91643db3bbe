#include "stream/law/stream.hpp"

#include "stream/law/stream_loop.hpp"

namespace tidemark::stream {
namespace {

/// A line that may go to a worker unread. Others are looked at first, so this decides speed, never meaning.
bool plainly_account(std::string_view line) {
    return line.starts_with(R"({"type":"account",)");
}

Format format_of(const cli::Settings& settings) {
    if (settings.explain) return Format::json;
    return settings.format == "table" ? Format::table : settings.format == "csv" ? Format::csv : Format::json;
}

}  // namespace

Stream::Stream(const cli::Tool& tool, Filter& filter, const cli::Settings& settings)
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

void Stream::start_workers() {
    std::vector<std::unique_ptr<AccountAnswerer>> answerers;
    for (std::int64_t i = 0; i < settings_.jobs; ++i)
        answerers.push_back(std::make_unique<AccountAnswerer>(style_, filter_.worker(), line_bytes()));
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

int run_stream(const cli::Tool& tool, Filter& filter, const cli::Settings& settings) {
    return Stream{tool, filter, settings}.run();
}

}  // namespace tidemark::stream
