#include "stream/law/run_outcome.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "json/escape.hpp"
#include "stream/io/output.hpp"

namespace tidemark::stream {
namespace {

int status_of(const Error& error) {
    switch (error.code) {
        case Errc::internal:
            return cli::exit_internal;
        case Errc::not_jsonl:
        case Errc::no_input:
            return cli::exit_stopped;
        default:
            return cli::exit_io;
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
    return Error{Errc::io, fmt::format("cannot create {}: {}", path, std::strerror(errno)), "", 0};
}

Status Quarantine::keep(std::string_view bytes) {
    return fd_ < 0 || bytes.empty() ? Status{Ok{}} : write_all(fd_, bytes);
}

Status Quarantine::close() {
    if (fd_ < 0) return Ok{};
    const int fd = fd_;
    fd_ = -1;
    const bool synced = ::fsync(fd) == 0;
    if (::close(fd) == 0 && synced) return Ok{};
    return Error{Errc::io, fmt::format("cannot keep refused lines: {}", std::strerror(errno)), "", 0};
}

void RunOutcome::tell(std::string_view what) const {
    // The status matters more than whether stderr takes the words.
    static_cast<void>(write_all(STDERR_FILENO, fmt::format("{}: {}\n", tool_, json::printable(what))));
}

void RunOutcome::stop(std::string_view why) {
    stopped_ = true;
    if (!why.empty()) tell(why);
}

int RunOutcome::exit_status(const Status& run, bool any_input, bool allow_empty) const {
    if (!run) {
        tell(run.error().message);
        return status_of(run.error());
    }
    if (!total_.conserved()) {
        tell("lines in and lines out do not agree; please report this");
        return cli::exit_internal;
    }
    if (stopped_) return cli::exit_stopped;
    if (!any_input && !allow_empty) {
        tell("want at least one line, got none (--allow-empty accepts that)");
        return cli::exit_stopped;
    }
    if (total_.rejected > 0 || total_.errors_in > 0) return cli::exit_rejected;
    if (total_.indeterminate > 0) return cli::exit_indeterminate;
    return total_.found > 0 ? cli::exit_found : cli::exit_ok;
}

}  // namespace tidemark::stream
