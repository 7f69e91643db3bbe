#include "market/freshness.hpp"

#include <fmt/format.h>

namespace tidemark::market {

Status Freshness::check(Timestamp ts, Timestamp now, std::string_view what, std::string_view of) const {
    if (holds(ts, now)) return Ok{};
    const std::string dated = fmt::format("the {} of {} is of {}", what, of, to_rfc3339(ts));
    return Error{Errc::stale,
                 ts > now
                     ? fmt::format("{}, which is after {}", dated, to_rfc3339(now))
                     : fmt::format("{}, more than {} s before {}", dated, max_age_ms / 1000, to_rfc3339(now)),
                 "", 0};
}

}  // namespace tidemark::market
