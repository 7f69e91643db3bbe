#include "core/state_part.hpp"

#include <fmt/format.h>

namespace tidemark {

void put_part(ByteSink& out, const StatePart& part, const ByteSink& content) {
    out.put_text(part.name);
    out.put(part.version);
    out.put_text(content.bytes());
}

Result<ByteSource> get_part(ByteSource& in, const StatePart& part) {
    std::string_view name, content;
    std::uint32_t version = 0;
    if (!in.get_view(name) || name != part.name || !in.get(version)) return damaged_part(part);
    if (version != part.version)
        return Error{
            Errc::truncated,
            fmt::format("the state's {} are of version {}, and this release reads {}: use the release "
                        "that wrote it, or move it away to start anew",
                        part.name, version, part.version),
            "", 0};
    if (!in.get_view(content)) return damaged_part(part);
    return ByteSource{content};
}

Error damaged_part(const StatePart& part) {
    return {Errc::truncated, fmt::format("the state does not hold the {} that its heading says", part.name),
            "", 0};
}

}  // namespace tidemark
