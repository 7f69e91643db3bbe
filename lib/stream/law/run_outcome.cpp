#include "stream/law/run_outcome.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "stream/io/io_error.hpp"
#include "stream/io/output.hpp"
#include "stream/law/complaint.hpp"
#include "stream/law/exit_status.hpp"

namespace tidemark::stream {
namespace {

int status_of(const Error& error) {
    switch (error.code) {
        case Errc::internal:
            return exit_internal;
        case Errc::not_jsonl:
        case Errc::too_many:
            return exit_stopped;
        default:
            return exit_io;
    }
}

}  // namespace

Quarantine::~Quarantine() {
    if (fd_ >= 0) ::close(fd_);
}

Status Quarantine::open(const std::string& path) {
    if (path.empty()) return Ok{};
    fd_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd_ >= 0) return Ok{};
    return io_error("create", path);
}

Status Quarantine::keep(std::string_view lines) {
    if (fd_ < 0 || lines.empty()) return Ok{};
    Status begun = begin_line();
    return begun ? keep_more(lines) : begun;
}

Status Quarantine::begin_line() {
    return at_line_ ? Status{Ok{}} : keep_more("\n");
}

Status Quarantine::keep_more(std::string_view piece) {
    if (fd_ < 0 || piece.empty()) return Ok{};
    at_line_ = piece.back() == '\n';
    return write_all(fd_, piece);
}

Status Quarantine::close() {
    if (fd_ < 0) return Ok{};
    const int fd = fd_;
    fd_ = -1;
    const bool synced = ::fsync(fd) == 0;
    if (::close(fd) == 0 && synced) return Ok{};
    return io_error("keep", "refused lines");
}

void RunOutcome::add(Written& out) {
    total_.add(out.counts);
    out.counts = {};
    offenders_.add(out.offenders);
    for (const std::string& id : out.ids) {
        if (!id.empty()) ids_.add(id);
    }
    out.ids.clear();
}

void RunOutcome::stop(std::string_view why) {
    stopped_ = true;
    if (!why.empty()) complain(tool_, why);
}

int RunOutcome::exit_status(const Status& run, bool any_input, bool allow_empty) const {
    for (const std::string& line : offenders_.lines(total_.found)) complain(tool_, line);
    if (ids_.any()) complain(tool_, ids_.text());
    if (!run) {
        complain(tool_, run.error().message);
        return status_of(run.error());
    }
    if (!total_.conserved()) {
        complain(tool_, "lines in and lines out do not agree; please report this");
        return exit_internal;
    }
    if (stopped_) return exit_stopped;
    if (!any_input && !allow_empty) {
        complain(tool_, "want at least one line, got none (--allow-empty accepts that)");
        return exit_stopped;
    }
    if (total_.found > 0) return exit_found;
    if (total_.rejected > 0 || total_.errors_in > 0 || ids_.any()) return exit_rejected;
    return total_.indeterminate > 0 ? exit_indeterminate : exit_ok;
}

}  // namespace tidemark::stream
