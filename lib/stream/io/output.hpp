// Standard output through write(2): every byte written or the run fails.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace tidemark::stream {

class Output {
public:
    explicit Output(int fd) : fd_{fd} {}

    /// The buffer to append to; call spill() now and then.
    std::string& buffer() { return buffer_; }

    /// Writes where the buffer is large. Fails with io.
    Status spill() { return buffer_.size() >= spill_size ? flush() : Status{Ok{}}; }
    Status flush();

    /// Flushes, and asks the kernel whether it all arrived.
    Status close();

private:
    static constexpr std::size_t spill_size = std::size_t{256} << 10;

    int fd_;
    std::string buffer_;
};

/// Writes it all to a descriptor. Fails with io.
Status write_all(int fd, std::string_view bytes);

}  // namespace tidemark::stream
