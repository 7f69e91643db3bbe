#include "stream/io/state_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>

#include "stream/io/io_error.hpp"
#include "stream/io/output.hpp"

namespace tidemark::stream {
namespace {

/// FNV-1a, 64 bits: against damage, not against malice.
std::uint64_t checksum(std::string_view bytes) {
    std::uint64_t sum = 0xcbf29ce484222325ULL;
    for (const char byte : bytes) sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    return sum;
}

std::string heading(const StateKind& kind, std::string_view state) {
    return fmt::format("tidemark state of {}, version {}, {} bytes, checksum {:016x}\n", kind.tool,
                       kind.version, state.size(), checksum(state));
}

/// The version that the heading of a state of this tool names; none where it is no such heading.
std::optional<std::int64_t> version_of(std::string_view text, const StateKind& kind) {
    const std::string before = fmt::format("tidemark state of {}, version ", kind.tool);
    if (!text.starts_with(before)) return std::nullopt;
    text.remove_prefix(before.size());
    std::int64_t version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    if (error != std::errc{} || end == text.data() + text.size() || *end != ',') return std::nullopt;
    return version;
}

Error not_ours(const std::string& path, const StateKind& kind, std::string_view text) {
    const auto version = version_of(text, kind);
    if (version && *version != kind.version)
        return {Errc::truncated,
                fmt::format("{} is a state of version {}, and this {} reads version {}: use the release that "
                            "wrote it, or move it away to start anew",
                            path, *version, kind.tool, kind.version),
                "", 0};
    return {Errc::truncated,
            fmt::format("{} is no whole state of {}: damaged, or another file; move it away to start anew",
                        path, kind.tool),
            "", 0};
}

Error unreadable(const std::string& path) {
    Error error = io_error("read", path);
    error.code = Errc::truncated;
    return error;
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

/// The file that a name leads to: links are followed to their end, also to one that is not there yet.
std::string file_of(std::string path) {
    constexpr int most_links = 40;  // as the kernel follows
    char to[4096];
    for (int i = 0; i < most_links; ++i) {
        const ssize_t size = ::readlink(path.c_str(), to, sizeof to);
        if (size <= 0 || size == static_cast<ssize_t>(sizeof to)) break;
        const std::string target{to, static_cast<std::size_t>(size)};
        path = target.front() == '/' ? target : folder_of(path) + "/" + target;
    }
    return path;
}

/// Complaints name the file that was asked for, not the one beside it.
Status write_whole(const std::string& fresh, const std::string& path, std::string_view heading,
                   std::string_view state) {
    const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return io_error("write", path);
    Status written = write_all(fd, heading);
    if (written) written = write_all(fd, state);
    const bool kept = ::fsync(fd) == 0;
    const bool closed = ::close(fd) == 0;
    if (!written) return written;
    if (!kept || !closed) return io_error("write", path);
    return Ok{};
}

Status flush_folder(const std::string& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return io_error("open", folder);
    const bool flushed = ::fsync(fd) == 0;
    const bool closed = ::close(fd) == 0;
    if (!flushed || !closed) return io_error("flush", folder);
    return Ok{};
}

/// Locks an open file until the process ends, which is when it is closed.
Status hold(int fd, const std::string& path) {
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return Ok{};
    const bool held = errno == EWOULDBLOCK;
    const Error failed = io_error("lock", path);
    ::close(fd);
    if (!held) return failed;
    return Error{Errc::conflict, fmt::format("another run has {}: wait until it has ended", path), "", 0};
}

}  // namespace

Status lock_state(const std::string& path) {
    const std::string lock = file_of(path) + ".lock";
    const int fd = ::open(lock.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return io_error("lock", path);
    if (Status locked = hold(fd, path); !locked) return locked;
    // One file may have several names, each with a lock beside it: what is there is locked too.
    const int state = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    return state < 0 ? Status{Ok{}} : hold(state, path);
}

Result<std::optional<std::string>> read_state(const std::string& path, const StateKind& kind) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) return std::optional<std::string>{};
    if (fd < 0) return unreadable(path);
    struct stat about {};
    if (::fstat(fd, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)) {
        ::close(fd);  // a device may have no end
        return not_ours(path, kind, "");
    }
    std::string text;
    char buffer[1 << 16];
    ssize_t got = 0;
    do {
        got = ::read(fd, buffer, sizeof buffer);
        if (got > 0) text.append(buffer, static_cast<std::size_t>(got));
    } while (got > 0 || (got < 0 && errno == EINTR));
    const Error failed = unreadable(path);
    ::close(fd);
    if (got < 0) return failed;
    const std::size_t end = text.find('\n');
    const std::string_view state =
        end == std::string::npos ? std::string_view{} : std::string_view{text}.substr(end + 1);
    if (end != std::string::npos && text.compare(0, end + 1, heading(kind, state)) == 0)
        return std::optional{std::string{state}};
    return not_ours(path, kind, text);
}

Status write_state(const std::string& path, const StateKind& kind, std::string_view state) {
    const std::string file = file_of(path), fresh = file + ".new";
    ::unlink(fresh.c_str());  // of a run that was killed: who has the lock is alone
    Status written = write_whole(fresh, path, heading(kind, state), state);
    if (written && std::rename(fresh.c_str(), file.c_str()) != 0) written = io_error("replace", path);
    if (written) return flush_folder(folder_of(file));
    ::unlink(fresh.c_str());
    return written;
}

}  // namespace tidemark::stream
