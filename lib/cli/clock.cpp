#include "cli/clock.hpp"

#include <chrono>
#include <cstdlib>
#include <string>

namespace tidemark::cli {

Timestamp now() {
    if (const char* fixed = std::getenv("TIDEMARK_NOW")) {
        if (const auto parsed = parse_rfc3339(fixed)) return *parsed;
    }
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

Status check_clock() {
    const char* const fixed = std::getenv("TIDEMARK_NOW");
    if (fixed == nullptr || parse_rfc3339(fixed)) return Ok{};
    return Error{Errc::usage, std::string{"want a time such as 2026-02-05T15:51:32Z, got '"} + fixed + "'",
                 "TIDEMARK_NOW", 0};
}

}  // namespace tidemark::cli
