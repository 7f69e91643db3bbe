#include "stream/io/io_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace tidemark::stream {

Error io_error(std::string_view doing, std::string_view what) {
    return {Errc::io, fmt::format("cannot {} {}: {}", doing, what, std::strerror(errno)), "", 0};
}

}  // namespace tidemark::stream
