// The parts that a state is made of: each with its name and a version of its own, so that one may change
// without the others.
#pragma once

#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tidemark {

struct StatePart {
    std::string_view name;
    std::uint32_t version = 1;  // of what is written; a newer reader says which older ones it still reads
};

void put_part(ByteSink& out, const StatePart& part, const ByteSink& content);

/// The bytes of the next part, a view into the source's. Fails with truncated where it is not there, or is of
/// a version that this release does not read, in words that say what to do.
Result<ByteSource> get_part(ByteSource& in, const StatePart& part);

/// What get_part and those who read its content fail with where the bytes are not what they should be.
Error damaged_part(const StatePart& part);

}  // namespace tidemark
