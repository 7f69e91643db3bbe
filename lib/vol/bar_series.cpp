#include "vol/bar_series.hpp"

#include <fmt/format.h>

namespace tidemark::vol {

Result<BarSeries> BarSeries::make(std::int64_t interval_ms, std::int64_t window_ms, double days_per_year) {
    const std::int64_t bars = window_ms / interval_ms;
    if (bars < 3)
        return Error{
            Errc::out_of_range,
            fmt::format("want a window of at least 3 bars of {} ms, got {} ms", interval_ms, window_ms), "",
            0};
    auto empty = RunningVol::make(
        PerYear{days_per_year * static_cast<double>(ms_per_day) / static_cast<double>(interval_ms)});
    if (!empty) return empty.error();
    return BarSeries{interval_ms, static_cast<std::size_t>(bars), *empty};
}

Status BarSeries::add(Timestamp open, const OhlcBar& bar) {
    const std::int64_t since = open.ms - last_open_.ms;
    if (samples_ > 0 && (since <= 0 || since % interval_ms_ != 0)) {
        return Error{Errc::bad_series,
                     fmt::format("want a bar that opens whole bars of {} ms after {}, got {}", interval_ms_,
                                 to_rfc3339(last_open_), to_rfc3339(open)),
                     "ts", 0};
    }
    const bool linked = samples_ > 0 && since == interval_ms_;
    const BarLogs logs = linked ? bar_logs(Price{last_close_price_}, bar) : bar_logs(bar);
    if (samples_ > 0) gaps_ += since / interval_ms_ - 1;
    all_.add(logs);
    if (recent_.size() < window_bars_) {
        recent_.push_back({bar, linked});
    } else {
        recent_[oldest_] = {bar, linked};
        oldest_ = oldest_ + 1 == window_bars_ ? 0 : oldest_ + 1;
    }
    ++samples_;
    last_open_ = open;
    last_close_price_ = bar.close();
    return Ok{};
}

RunningVol BarSeries::window() const {
    RunningVol running = empty_;
    for (std::size_t i = 0; i < recent_.size(); ++i) {
        const Recent& recent = recent_[(oldest_ + i) % recent_.size()];
        const Recent& before = recent_[(oldest_ + i + recent_.size() - 1) % recent_.size()];
        // The close before the oldest bar of a full window is gone, so that bar stands unlinked.
        running.add(recent.linked && i > 0 ? bar_logs(Price{before.bar.close()}, recent.bar)
                                           : bar_logs(recent.bar));
    }
    return running;
}

}  // namespace tidemark::vol
