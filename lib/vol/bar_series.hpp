// One instrument's bars as they come: estimators over all of them and over the last of them, gaps counted.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/ohlc_bar.hpp"
#include "core/time.hpp"
#include "vol/estimators.hpp"

namespace tidemark::vol {

class BarSeries {
public:
    /// Bars of one length; the window is how long `window()` looks back. Fails with out_of_range unless the
    /// window holds at least three bars.
    static Result<BarSeries> make(std::int64_t interval_ms, std::int64_t window_ms, double days_per_year);

    /// The next bar, by the time it opened. Fails with bad_series for one that does not open a whole number
    /// of bars after the last. A bar after a gap is not linked to the one before it: that move belongs to no
    /// bar.
    Status add(Timestamp open, const OhlcBar& bar);

    [[nodiscard]] std::int64_t interval_ms() const { return interval_ms_; }
    [[nodiscard]] std::int64_t samples() const { return samples_; }
    [[nodiscard]] std::int64_t gaps() const { return gaps_; }  // bars due and not there
    [[nodiscard]] Timestamp last_close() const { return {last_open_.ms + interval_ms_}; }

    /// Every bar since the first.
    [[nodiscard]] const RunningVol& all() const { return all_; }
    /// The bars of the window alone.
    [[nodiscard]] RunningVol window() const;

private:
    BarSeries(std::int64_t interval_ms, std::size_t window_bars, RunningVol empty)
        : interval_ms_{interval_ms}, window_bars_{window_bars}, empty_{empty}, all_{empty} {}

    std::int64_t interval_ms_;
    std::size_t window_bars_;
    RunningVol empty_, all_;
    struct Recent {
        OhlcBar bar;
        bool linked;
    };
    std::vector<Recent> recent_;  // a ring once it is full
    std::size_t oldest_ = 0;
    std::int64_t samples_ = 0, gaps_ = 0;
    Timestamp last_open_;
    double last_close_price_ = 0.0;
};

}  // namespace tidemark::vol
