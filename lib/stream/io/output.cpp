#include "stream/io/output.hpp"

#include <unistd.h>

#include <cerrno>

#include "stream/io/io_error.hpp"

namespace tidemark::stream {

Status write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t wrote = ::write(fd, bytes.data(), bytes.size());
        if (wrote < 0) {
            if (errno == EINTR) continue;
            return io_error("write", "output");
        }
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return Ok{};
}

Status Output::flush() {
    Status written = write_all(fd_, buffer_);
    buffer_.clear();
    return written;
}

Status Output::close() {
    if (Status flushed = flush(); !flushed) return flushed;
    if (::close(fd_) != 0 && errno != EINTR) return io_error("write", "output");
    return Ok{};
}

}  // namespace tidemark::stream
