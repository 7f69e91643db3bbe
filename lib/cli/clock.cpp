#include "cli/clock.hpp"

#include <chrono>
#include <cstdlib>

namespace tidemark::cli {

Timestamp now() {
    if (const char* fixed = std::getenv("TIDEMARK_NOW")) {
        if (const auto parsed = parse_rfc3339(fixed)) return *parsed;
    }
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace tidemark::cli
