// Which of two records of one key counts.
#pragma once

#include <optional>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"

namespace tidemark::market {

/// A conflict error: two records of one key at one time.
Error conflict(std::string_view what, std::string_view key, Timestamp ts);

/// Whether `next` replaces `now`; an error where they differ at one time.
template <class State>
Result<bool> replaces(const std::optional<State>& now, const State& next, std::string_view what,
                      std::string_view key) {
    if (!now || now->ts < next.ts) return true;
    if (now->ts == next.ts && !(*now == next)) return conflict(what, key, next.ts);
    return false;
}

}  // namespace tidemark::market
