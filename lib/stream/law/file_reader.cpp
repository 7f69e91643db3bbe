#include "stream/law/file_reader.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "record/error.hpp"
#include "stream/io/output.hpp"

namespace tidemark::stream {

FileReader::FileReader(const cli::Tool& tool, const cli::Settings& settings, std::string& out)
    : settings_{settings},
      style_{tool.name, "", false, false},
      out_{out},
      outcome_{tool.name},
      line_{json::Limits{.line_bytes = static_cast<std::size_t>(settings.max_line)}} {}

Status FileReader::read(const std::string& path, const Taker& taker) {
    if (!opened_) {
        if (Status opened = quarantine_.open(settings_.quarantine); !opened) return opened;
    }
    opened_ = true;
    lines_ = 0;
    saw_eos_ = false;
    LineInput input{{path}, static_cast<std::size_t>(settings_.max_line)};
    LineView view;
    while (!outcome_.stopped()) {
        const auto got = input.next(view);
        if (!got) return got.error();
        if (*got == LineInput::Got::end) break;
        ++lines_;
        Counts in;
        in.in = 1;
        outcome_.add(in);
        Status taken =
            *got == LineInput::Got::line ? take(view, taker) : refuse_line(view, input.refusal(), "", taker);
        if (!taken) return taken;
    }
    any_input_ = any_input_ && lines_ > 0;
    if (settings_.require_eos && !saw_eos_ && !outcome_.stopped())
        outcome_.stop(fmt::format("want an end-of-stream record in {}, got none (--require-eos)", path));
    return Ok{};
}

Status FileReader::take(const LineView& view, const Taker& taker) {
    if (Status parsed = line_.parse(view.text); !parsed) {
        const bool cut = !view.complete && parsed.error().code == Errc::malformed_json;
        if (cut) parsed.error().code = Errc::truncated;
        return refuse_line(view, parsed.error(), "", taker);
    }
    const std::uint32_t at = line_.find(json::Line::root, "type");
    if (at == 0)
        return refuse_line(view, {Errc::missing_field, "want this member, got none", "type", 0},
                           key_of(line_), taker);
    if (line_.at(at).kind != json::Kind::string)
        return refuse_line(view, {Errc::wrong_type, "want a string", "type", line_.at(at).begin},
                           key_of(line_), taker);
    std::string scratch;
    const std::string_view type = line_.string(line_.at(at), scratch);
    Counts counts;
    if (type == record::Error::type) {
        out_.append(view.text).append("\n");
        counts.passed = counts.errors_in = 1;
    } else {
        const Status taken = type == record::Eos::type ? take_eos() : taker.take(line_, type);
        if (!taken) return refuse_line(view, taken.error(), key_of(line_), taker);
        counts.digested = 1;
    }
    outcome_.add(counts);
    return Ok{};
}

Status FileReader::take_eos() {
    record::Eos eos;
    if (Status read = reader_.read(line_, eos); !read) return read;
    saw_eos_ = true;
    if (!eos.complete || eos.records != lines_ - 1)
        outcome_.stop(fmt::format("the producer's end of stream says {} lines{}, {} came", eos.records,
                                  eos.complete ? "" : ", not complete", lines_ - 1));
    return Ok{};
}

Status FileReader::refuse_line(const LineView& view, const Error& error, std::string_view key,
                               const Taker& taker) {
    Written refused;
    refuse(style_, view, error, key, refused);
    out_ += refused.lines;
    outcome_.add(refused.counts);
    taker.refused(key);
    if (settings_.on_error == "stop") outcome_.stop("");
    if (Status told = write_all(STDERR_FILENO, refused.complaints); !told) return told;
    return quarantine_.keep(refused.refused);
}

}  // namespace tidemark::stream
