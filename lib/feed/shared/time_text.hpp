// Times as venues write them: whole seconds, milliseconds, microseconds or nanoseconds, or RFC 3339.
#pragma once

#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"

namespace tidemark::feed {

/// by_size takes a whole number below 1e11 for seconds, below 1e14 for milliseconds, below 1e17 for
/// microseconds, and any other for nanoseconds: each reading lies between 1973 and 5138, so none overlaps.
enum class TimeUnit { by_size, s, ms, us, ns };

/// A time, cut to whole milliseconds. Fails with bad_timestamp where it is none, or not between 2000 and
/// 2100.
Result<Timestamp> read_time(std::string_view text, TimeUnit unit);

}  // namespace tidemark::feed
