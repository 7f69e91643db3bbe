#include <unistd.h>

#include "json/writer.hpp"
#include "record/error.hpp"
#include "stream/law/stream_loop.hpp"

namespace tidemark::stream {

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
        json::append_line(out_.lines,
                          record::Eos{all.written(), !outcome_.stopped() && all.rejected == 0 && !unmet_});
    }
    return Ok{};
}

}  // namespace tidemark::stream
