// Whether a record may still be believed, and already: the one rule for prices, volatilities, depths and
// correlations.
#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"

namespace tidemark::market {

struct Freshness {
    /// By which a record may be ahead of market time: clocks differ, but what comes from later than that is
    /// as little known now as what is old.
    static constexpr std::int64_t clock_skew_ms = 5000;

    std::int64_t max_age_ms = 0;

    [[nodiscard]] bool holds(Timestamp ts, Timestamp now) const {
        const std::int64_t age = now.ms - ts.ms;
        return age <= max_age_ms && age >= -clock_skew_ms;
    }

    /// Fails with stale: the price of BTC is of ..., more than 300 s before .... `what` of `of` is for the
    /// message.
    [[nodiscard]] Status check(Timestamp ts, Timestamp now, std::string_view what, std::string_view of) const;
};

/// The same for a limit as policies write it.
inline Freshness freshness(double max_age_seconds) {
    return {static_cast<std::int64_t>(std::llround(max_age_seconds * 1000.0))};
}

}  // namespace tidemark::market
