#include "cli/stream.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

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

/// What a holding tool keeps until the end of the book.
struct Held {
    std::string bytes;  // an answered line with padding, or finished lines
    std::string value;
    Answer answer;
    bool answered = false;
};

class Stream {
public:
    Stream(const Tool& tool, Filter& filter, const Settings& settings)
        : filter_{filter},
          settings_{settings},
          style_{tool.name, tool.adds, settings.bare, settings.explain},
          sink_{format(settings), tool.columns, tool.adds.empty() ? tool.adds_records : tool.adds},
          line_{json::Limits{.line_bytes = static_cast<std::size_t>(settings.max_line)}} {
        if (auto worker = filter.worker()) answerer_.emplace(style_, std::move(worker), line_bytes());
        if (settings.jobs > 1 && answerer_ && !filter.holds()) start_workers();
    }

    int run() {
        Status status = open_quarantine();
        if (status) status = load_market();
        if (status) status = read_all();
        if (status) status = finish();
        if (status) status = write(out_);
        if (status) status = sink_.close();
        return exit_status(status);
    }

private:
    static Format format(const Settings& settings) {
        if (settings.explain) return Format::json;
        return settings.format == "table" ? Format::table
               : settings.format == "csv" ? Format::csv
                                          : Format::json;
    }

    [[nodiscard]] std::size_t line_bytes() const { return static_cast<std::size_t>(settings_.max_line); }

    void start_workers() {
        std::vector<std::unique_ptr<Answerer>> answerers;
        for (std::int64_t i = 0; i < settings_.jobs; ++i)
            answerers.push_back(std::make_unique<Answerer>(style_, filter_.worker(), line_bytes()));
        workers_.emplace(std::move(answerers));
        chunk_ = std::make_unique<Chunk>();
    }

    Status open_quarantine() {
        if (settings_.quarantine.empty()) return Ok{};
        quarantine_ =
            ::open(settings_.quarantine.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (quarantine_ >= 0) return Ok{};
        return Error{Errc::io,
                     fmt::format("cannot create {}: {}", settings_.quarantine, std::strerror(errno)), "", 0};
    }

    Status load_market() {
        if (settings_.market_files.empty()) return Ok{};
        LineInput input{settings_.market_files, line_bytes()};
        LineView view;
        while (true) {
            const auto got = input.next(view);
            if (!got) return got.error();
            if (*got == LineInput::Got::end) return Ok{};
            if (*got == LineInput::Got::refused) {
                refuse_line(view, input.refusal(), "");
            } else if (const Status learnt = learn_only(view); !learnt) {
                refuse_line(view, learnt.error(), key_of(line_));
            } else {
                continue;
            }
            ++out_.counts.in;
            if (stopped_) return Ok{};
        }
    }

    /// A line of --market: taken in, not passed on.
    Status learn_only(const LineView& view) {
        if (const Status parsed = line_.parse(view.text); !parsed) return parsed;
        const auto type = type_of();
        if (!type) return type.error();
        const Filter::Use use = filter_.use(*type);
        if (use != Filter::Use::learn && use != Filter::Use::digest) return Ok{};
        unsettled_ = true;
        return filter_.learn(line_, *type);
    }

    Status read_all() {
        LineInput input{settings_.files, line_bytes()};
        LineView view;
        while (!stopped_) {
            if (input.would_block()) {
                if (const Status sent = send_all(); !sent) return sent;
            }
            const auto got = input.next(view);
            if (!got) {
                // What was answered before stands; then the run fails.
                if (const Status sent = send_all(); !sent) return sent;
                return got.error();
            }
            if (*got == LineInput::Got::end) return Ok{};
            ++out_.counts.in;
            ++lines_in_;
            const Status taken =
                *got == LineInput::Got::line ? take(view) : take_refusal(view, input.refusal());
            if (!taken) return taken;
            if (settings_.line_buffered) {
                if (const Status sent = send_all(); !sent) return sent;
            }
        }
        return Ok{};
    }

    Status take_refusal(const LineView& view, const Error& error) {
        if (const Status drained = drain(); !drained) return drained;
        refuse_line(view, error, "");
        return pass_on();
    }

    Status take(const LineView& view) {
        if (workers_ && !unsettled_ && plainly_account(view.text)) return give(view);
        if (const Status drained = drain(); !drained) return drained;
        take_parsed(view);
        return pass_on();
    }

    void take_parsed(const LineView& view) {
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
        if (use == Filter::Use::follow) settle();
        if (use == Filter::Use::learn || use == Filter::Use::digest) {
            const Status learnt = filter_.learn(line_, *type);
            if (!learnt) return refuse_line(view, learnt.error(), key_of(line_));
            unsettled_ = true;
        }
        if (use == Filter::Use::digest && !settings_.keep) {
            ++out_.counts.digested;
            return;
        }
        out_.counts.errors_in += *type == record::Error::type ? 1 : 0;
        ++out_.counts.passed;
        if (!settings_.bare && !settings_.explain) out_.lines.append(view.text).append("\n");
    }

    Result<std::string_view> type_of() {
        const std::uint32_t at = line_.find(json::Line::root, "type");
        if (at == 0) return Error{Errc::missing_field, "want this member, got none", "type", 0};
        if (line_.at(at).kind != json::Kind::string)
            return Error{Errc::wrong_type, "want a string", "type", line_.at(at).begin};
        return line_.string(line_.at(at), type_);
    }

    void take_eos(const LineView& view) {
        record::Eos eos;
        if (const Status read = reader_.read(line_, eos); !read) return refuse_line(view, read.error(), "");
        ++out_.counts.digested;
        saw_eos_ = true;
        if (!eos.complete || eos.records != lines_in_ - 1)
            return stop(fmt::format("the producer's end of stream says {} lines{}, {} came", eos.records,
                                    eos.complete ? "" : ", not complete", lines_in_ - 1));
    }

    void take_account(const LineView& view) {
        settle();
        if (!filter_.holds()) return answerer_->answer_parsed(view, line_, out_);
        Held held;
        const auto answer = answerer_->draft(line_, held.value);
        if (!answer) return refuse_line(view, answer.error(), key_of(line_));
        keep_finished_lines();
        held.bytes.assign(view.text).append(json::padding, '\0');
        held.answer = *answer;
        held.answered = true;
        held_.push_back(std::move(held));
        ++out_.counts.answered;
        out_.counts.indeterminate += answer->indeterminate ? 1 : 0;
    }

    /// In a tool that holds, lines after the first held one wait with it.
    void keep_finished_lines() {
        if (out_.lines.empty()) return;
        Held held;
        held.bytes.swap(out_.lines);
        held_.push_back(std::move(held));
    }

    void settle() {
        if (!unsettled_) return;
        unsettled_ = false;
        const std::size_t before = out_.lines.size();
        if (const Status settled = filter_.settle(out_.lines); !settled) stop(settled.error().message);
        for (std::size_t i = before; i < out_.lines.size(); ++i)
            out_.counts.derived += out_.lines[i] == '\n' ? 1 : 0;
        if (settings_.bare || settings_.explain) out_.lines.resize(before);
    }

    void refuse_line(const LineView& view, const Error& error, std::string_view key) {
        refuse(style_, view, error, key, out_);
        if (settings_.on_error == "stop") stopped_ = true;
    }

    void stop(std::string why) {
        stopped_ = true;
        out_.complaints += fmt::format("{}: {}\n", style_.tool, json::printable(why));
    }

    Status give(const LineView& view) {
        // What came before goes out before what the workers give.
        if (!out_.lines.empty()) {
            if (const Status written = write(out_); !written) return written;
        }
        chunk_->add(view);
        if (chunk_->bytes.size() < Workers::chunk_bytes) return Ok{};
        return dispatch();
    }

    Status dispatch() {
        if (chunk_->lines.empty()) return Ok{};
        chunk_->seal();
        workers_->submit(std::move(chunk_));
        chunk_ = std::make_unique<Chunk>();
        while (workers_->under_way() > workers_->room()) {
            if (const Status written = write(workers_->collect()->out); !written) return written;
        }
        return Ok{};
    }

    /// Waits for every line that has been given out: the market may change after this.
    Status drain() {
        if (!workers_) return Ok{};
        if (const Status sent = dispatch(); !sent) return sent;
        while (auto chunk = workers_->collect()) {
            if (const Status written = write(chunk->out); !written) return written;
        }
        return Ok{};
    }

    /// Moves what is finished on its way, and empties it.
    Status write(Written& out) {
        total_.add(out.counts);
        if (&out == &out_) out.counts = {};
        if (!out.complaints.empty()) {
            if (const Status told = write_all(STDERR_FILENO, out.complaints); !told) return told;
            out.complaints.clear();
        }
        if (quarantine_ >= 0 && !out.refused.empty()) {
            if (const Status kept = write_all(quarantine_, out.refused); !kept) return kept;
        }
        out.refused.clear();
        const Status put = sink_.put(out.lines);
        out.lines.clear();
        return put;
    }

    Status pass_on() {
        if (!held_.empty()) return Ok{};
        constexpr std::size_t worth_writing = 64 << 10;
        if (out_.lines.size() < worth_writing && out_.complaints.empty()) return Ok{};
        return write(out_);
    }

    Status send_all() {
        if (const Status drained = drain(); !drained) return drained;
        if (held_.empty()) {
            if (const Status written = write(out_); !written) return written;
        }
        return sink_.flush();
    }

    Status finish() {
        if (const Status drained = drain(); !drained) return drained;
        settle();
        if (!held_.empty()) {
            if (const Status released = release(); !released) return released;
        }
        if (settings_.require_eos && !saw_eos_ && !stopped_)
            stop("want an end-of-stream record, got none (--require-eos)");
        if ((settings_.eos || saw_eos_) && !settings_.bare && !settings_.explain) {
            Counts all = total_;
            all.add(out_.counts);
            json::append_line(out_.lines, record::Eos{all.written(), !stopped_ && all.rejected == 0});
        }
        return Ok{};
    }

    Status release() {
        keep_finished_lines();
        std::vector<double> keys;
        for (const Held& held : held_) {
            if (held.answer.has_key) keys.push_back(held.answer.key);
        }
        filter_.close_book(std::move(keys));
        for (Held& held : held_) {
            if (!held.answered) {
                out_.lines += held.bytes;
            } else {
                if (const Status completed = filter_.complete(held.value, held.answer); !completed)
                    return completed;
                if (const Status parsed = line_.parse({held.bytes.data(), held.bytes.size() - json::padding});
                    !parsed)
                    return parsed;
                answerer_->write(line_, held.value, out_.lines);
            }
            if (const Status written = write(out_); !written) return written;
        }
        held_.clear();
        return Ok{};
    }

    int exit_status(const Status& status) {
        if (!status) {
            // Best effort: the words matter more than whether stderr takes them.
            static_cast<void>(write_all(
                STDERR_FILENO, out_.complaints + fmt::format("{}: {}\n", style_.tool,
                                                             json::printable(status.error().message))));
        }
        const bool quarantined = quarantine_ < 0 || (::fsync(quarantine_) == 0 && ::close(quarantine_) == 0);
        if (!total_.conserved() && status) {
            static_cast<void>(write_all(
                STDERR_FILENO,
                fmt::format("{}: lines in and lines out do not agree; please report this\n", style_.tool)));
            return exit_internal;
        }
        if (!status) {
            switch (status.error().code) {
                case Errc::internal:
                    return exit_internal;
                case Errc::not_jsonl:
                case Errc::no_input:
                    return exit_stopped;
                default:
                    return exit_io;
            }
        }
        if (!quarantined) return exit_io;
        if (stopped_) return exit_stopped;
        if (lines_in_ == 0 && !settings_.allow_empty) {
            static_cast<void>(
                write_all(STDERR_FILENO,
                          fmt::format("{}: want at least one line, got none (--allow-empty accepts that)\n",
                                      style_.tool)));
            return exit_stopped;
        }
        if (total_.rejected > 0 || total_.errors_in > 0) return exit_rejected;
        if (total_.indeterminate > 0) return exit_indeterminate;
        return total_.found > 0 ? exit_found : exit_ok;
    }

    Filter& filter_;
    const Settings& settings_;
    Style style_;
    Sink sink_;
    json::Line line_;
    json::Reader reader_;
    std::string type_;
    std::optional<Answerer> answerer_;
    std::optional<Workers> workers_;
    std::unique_ptr<Chunk> chunk_;
    Written out_;
    Counts total_;
    std::vector<Held> held_;
    int quarantine_ = -1;
    std::int64_t lines_in_ = 0;  // of the stream, without --market
    bool stopped_ = false, saw_eos_ = false, unsettled_ = false;
};

}  // namespace

int run_stream(const Tool& tool, Filter& filter, const Settings& settings) {
    return Stream{tool, filter, settings}.run();
}

}  // namespace tidemark::cli
