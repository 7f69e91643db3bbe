// When two records of one underlying are of one moment, and when they then contradict each other.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"
#include "market/market.hpp"

namespace tidemark::market {

/// Beyond this factor two prices of one thing are not both right.
inline constexpr double believed_factor = 2.0;

/// Prices further apart in time may both be right.
inline constexpr std::int64_t same_moment_ms = 300'000;
/// Volatilities move more slowly, and their records come less often.
inline constexpr std::int64_t same_hour_ms = 3'600'000;

inline bool as_fresh(Timestamp a, Timestamp b, std::int64_t within_ms = same_moment_ms) {
    const std::int64_t apart = a.ms - b.ms;
    return apart <= within_ms && apart >= -within_ms;
}

/// Fails with conflict where the volatility of an underlying is under a third of what its own options are
/// quoted at: no horizon is that calm while they are not.
Status near_options(const Asset& asset, std::string_view name);

}  // namespace tidemark::market
