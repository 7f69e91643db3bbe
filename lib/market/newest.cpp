#include "market/newest.hpp"

#include <fmt/format.h>

namespace tidemark::market {

Error conflict(std::string_view what, std::string_view key, Timestamp ts) {
    return {
        Errc::conflict,
        fmt::format("want one {} for {} at one time, got two that differ at {}", what, key, to_rfc3339(ts)),
        "", 0};
}

}  // namespace tidemark::market
