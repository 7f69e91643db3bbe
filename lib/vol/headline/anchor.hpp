// The long-run anchor: what volatility goes back to, with a weight on the worst that the history has seen.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/measure.hpp"
#include "core/time.hpp"
#include "vol/history/daily_history.hpp"

namespace tidemark::vol {

struct AnchorRules {
    std::int32_t days = 0;         // of history that it looks back over; 0 is all
    double stressed_weight = 0.0;  // of the worst stretch's variance
    std::int32_t stressed_days = 1;
    PerYear days_per_year{tidemark::days_per_year};
};

struct StressedStretch {
    AnnualVol annual_vol;
    std::int32_t first_day = 0, last_day = 0;  // since 1970, both within
};

struct BarAnchor {
    AnnualVol annual_vol;
    AnnualVol unstressed;                     // before the weight on the stressed stretch
    std::int64_t days = 0;                    // that it looks back over
    bool bounded = false;                     // the history is longer than that
    std::optional<StressedStretch> stressed;  // where it has a weight, and the history is long enough
};

/// `over_all` is the estimator's answer for all bars; where the rules bound the look back, the mean square of
/// the bars within it takes its place. None where nothing moved, or there are no days.
std::optional<BarAnchor> bar_anchor(std::span<const DaySum> days, AnnualVol over_all,
                                    std::int64_t interval_ms, const AnchorRules& rules);

/// A history that is shorter says little of the long run.
inline constexpr std::int64_t least_anchor_ms = 30 * ms_per_day;

struct Anchor {
    AnnualVol annual_vol;
    bool of_bars = false;  // else the market's own view of the long run: the longest implied volatility
};

/// The anchor of bars, but of a short history the greater of the two, and the implied one where there are no
/// bars. `longest_implied` is 0 where there is none. None where there is neither.
std::optional<Anchor> long_run_anchor(const std::optional<BarAnchor>& bars, std::int64_t history_ms,
                                      double longest_implied);

}  // namespace tidemark::vol
