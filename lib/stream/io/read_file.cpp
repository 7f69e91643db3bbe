#include "stream/io/read_file.hpp"

#include <fmt/format.h>

#include "stream/io/input.hpp"

namespace tidemark::stream {

Result<std::string> read_file(const std::string& path) {
    constexpr std::size_t largest = std::size_t{16} << 20;
    auto source = FileSource::open(path);
    if (!source) return source.error();
    std::string text;
    while (true) {
        const std::size_t have = text.size();
        if (have > largest)
            return Error{Errc::io, fmt::format("{}: want at most {} bytes", path, largest), "", 0};
        text.resize(have + 65536);
        const auto got = source->read(text.data() + have, 65536);
        if (!got) return got.error();
        text.resize(have + *got);
        if (*got == 0) return text;
    }
}

}  // namespace tidemark::stream
