#include "stream/law/stream.hpp"

#include <fmt/format.h>

#include "stream/law/complaint.hpp"
#include "stream/law/stream_loop.hpp"

namespace tidemark::stream {
namespace {

Format format_of(const Settings& settings) {
    if (settings.explain) return Format::json;
    return settings.format == "table" ? Format::table : settings.format == "csv" ? Format::csv : Format::json;
}

}  // namespace

Stream::Stream(const Description& description, Filter& filter, const Settings& settings)
    : description_{description},
      filter_{filter},
      settings_{settings},
      style_{description.tool, description.member, settings.bare, settings.explain},
      input_{settings.files, line_bytes()},
      sink_{format_of(settings), description.columns, description.row},
      outcome_{description.tool},
      age_{settings},
      line_{json::Limits{.line_bytes = line_bytes()}} {}

int Stream::run() {
    Status status{Ok{}};
    try {
        status = run_all();
    } catch (...) {
        status = thrown();
    }
    if (!status) {
        // What was answered before stands; then the run fails, whether or not this goes well too.
        out_.keep_whole_lines();
        if (Status kept = write(out_); kept) static_cast<void>(sink_.flush());
    }
    return outcome_.exit_status(status, any_input(), settings_.allow_empty);
}

Status Stream::run_all() {
    book_ = filter_.book();
    if (auto worker = filter_.worker()) answerer_ = new_answerer(std::move(worker));
    if (settings_.jobs > 1 && !settings_.stops_at_errors() && answerer_) start_workers();
    Status status = quarantine_.open(settings_.quarantine);
    if (status) status = load_market();
    if (status) status = read_all();
    if (status) status = finish();
    if (status) status = write(out_);
    if (status) status = quarantine_.close();
    return status ? sink_.close() : status;
}

Status Stream::load_market() {
    if (settings_.market_files.empty()) return Ok{};
    LineInput input{settings_.market_files, line_bytes()};
    LineView view;
    while (!outcome_.stopped()) {
        const auto got = input.next(view);
        if (!got) return got.error();
        if (*got == LineInput::Got::end) break;
        if (*got == LineInput::Got::refused) {
            ++out_.counts.in;
            if (Status refused = refuse_long_line(view, input); !refused) return refused;
        } else if (const Status learnt = learn_only(view); !learnt) {
            ++out_.counts.in;
            refuse_line(view, learnt.error(), key_of(line_));
        }
    }
    if (accounts_in_market_ > 1)
        out_.complaints +=
            complaint(style_.tool, fmt::format("--market: and {} more accounts", accounts_in_market_ - 1));
    return Ok{};
}

/// Said once: a whole file may have been given in the wrong place.
void Stream::refuse_account_in_market(const LineView& view) {
    const std::size_t said = out_.complaints.size();
    ++out_.counts.in;
    refuse_line(
        view,
        Error{Errc::wrong_type,
              "want market records in --market, got an account, which nobody answers there: give it in FILE",
              "type", 0},
        key_of(line_));
    if (accounts_in_market_++ > 0) out_.complaints.resize(said);
}

/// A line of --market: taken in, not passed on.
Status Stream::learn_only(const LineView& view) {
    if (Status parsed = parse_line(line_, view); !parsed) return parsed;
    const auto type = type_of(line_, type_);
    if (!type) return type.error();
    const Filter::Use use = filter_.use(*type);
    if (Status known = check_type(*type, use); !known) return known;
    if (use == Filter::Use::answer) refuse_account_in_market(view);
    if (use != Filter::Use::learn && use != Filter::Use::digest) return Ok{};
    unsettled_ = true;
    if (age_.watched()) age_.see(line_, *type);
    return filter_.learn(line_, *type);
}

Status Stream::read_all() {
    LineView view{{}, "<input>", 0, 0, true};
    filter_.begin_file(0);
    while (!outcome_.stopped() && file_.index < settings_.files.size()) {
        if (Status read = read_line(view); !read) return read;
    }
    if (outcome_.stopped()) return Ok{};
    if (filter_.imports())
        end_import(view);
    else if (lines_in_ > 0)
        tell_unmet(view);
    return Ok{};
}

Status Stream::read_line(LineView& view) {
    if (input_.would_block()) {
        if (Status sent = send_all(); !sent) return sent;
    }
    const auto got = input_.next(view);
    if (!got) {
        if (Status sent = send_all(); !sent) return sent;
        return got.error();
    }
    const bool end = *got == LineInput::Got::end;
    if (Status reached = reach_file(end ? settings_.files.size() : input_.file_index()); !reached)
        return reached;
    if (end || outcome_.stopped()) return Ok{};
    ++out_.counts.in;
    ++lines_in_;
    ++file_.lines;
    if (*got == LineInput::Got::line) {
        if (Status taken = take(view); !taken) return taken;
    } else {
        if (Status drained = drain(); !drained) return drained;
        if (Status refused = refuse_long_line(view, input_); !refused) return refused;
    }
    if (settings_.stops_at_errors() && out_.counts.rejected > 0) outcome_.stop("");
    return settings_.line_buffered ? send_all() : write_when_large();
}

/// Ends the files before this one.
Status Stream::reach_file(std::size_t index) {
    while (file_.index < index) {
        if (Status ended = end_file(); !ended) return ended;
        if (outcome_.stopped()) return Ok{};
        file_ = {file_.index + 1};
        if (file_.index < settings_.files.size()) filter_.begin_file(file_.index);
    }
    return Ok{};
}

Status Stream::end_file() {
    empty_file_ = empty_file_ || file_.lines == 0;
    bare_file_ = bare_file_ || file_.accounts == 0;
    if (!settings_.require_eos || file_.saw_eos) return Ok{};
    if (Status drained = drain(); !drained) return drained;
    outcome_.stop(fmt::format("want an end-of-stream record{}, got none (--require-eos)",
                              settings_.files.size() > 1 ? " in " + settings_.files[file_.index] : ""));
    return Ok{};
}

int run_stream(const Description& description, Filter& filter, const Settings& settings) {
    return Stream{description, filter, settings}.run();
}

}  // namespace tidemark::stream
