#include "vol/history/bar_series.hpp"

#include <fmt/format.h>

#include <utility>

namespace tidemark::vol {
namespace {

BarLogs logs_after(Price last_close, const OhlcBar& bar, std::int64_t since_ms, std::int64_t interval_ms) {
    if (since_ms == interval_ms) return bar_logs(last_close, bar);
    if (since_ms - interval_ms > longest_outage_ms) return bar_logs(bar);
    return bar_logs_after_gap(last_close, bar, since_ms / interval_ms - 1);
}

}  // namespace

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

Status BarSeries::add(Timestamp open, const OhlcBar& bar, bool traded) {
    const std::int64_t since = open.ms - last_open_.ms;
    if (samples_ > 0 && (since <= 0 || since % interval_ms_ != 0)) {
        return Error{Errc::bad_series,
                     fmt::format("want a bar that opens whole bars of {} ms after {}, got {}", interval_ms_,
                                 to_rfc3339(last_open_), to_rfc3339(open)),
                     "ts", 0};
    }
    const bool linked = samples_ > 0 && since == interval_ms_;
    const BarLogs logs =
        samples_ > 0 ? logs_after(Price{last_close_price_}, bar, since, interval_ms_) : bar_logs(bar);
    if (samples_ > 0 && !linked) {
        gaps_ += since / interval_ms_ - 1;
        ++halts_;
    }
    const bool suspect = screen(logs, bar);
    all_.add(logs);
    recent_.push({open, bar, suspect});
    ++samples_;
    untraded_ += traded ? 0 : 1;
    last_open_ = open;
    last_close_price_ = bar.close();
    return Ok{};
}

/// Before the bar is among all. The screened sums part from the others at the first suspect bar.
bool BarSeries::screen(const BarLogs& logs, const OhlcBar& bar) {
    const bool suspect = ranges_.suspect(logs.u);
    ranges_.add(logs.u);
    if (suspect && !screened_) screened_ = all_;
    if (screened_ && !suspect) screened_->add(last_suspect_ ? bar_logs(bar) : logs);
    suspects_ += suspect ? 1 : 0;
    last_suspect_ = suspect;
    return suspect;
}

bool BarSeries::sessions() const {
    const std::int64_t due = samples_ + gaps_, days = due * interval_ms_ / ms_per_day;
    return interval_ms_ < ms_per_day && days >= 5 && 2 * halts_ >= days && halts_ <= 2 * days &&
           10 * gaps_ >= due;
}

template <class F>
void BarSeries::for_each_recent(F f) const {
    std::optional<WindowBar> before;
    auto reader = recent_.reader();
    while (const WindowBar* const bar = reader.next()) {
        f(*bar, before ? &*before : nullptr);
        before = *bar;
    }
}

template <class Keep>
RunningVol BarSeries::window(Keep keep) const {
    RunningVol running = empty_;
    for_each_recent([&](const WindowBar& recent, const WindowBar* before) {
        if (!keep(recent)) return;
        const bool follows = before != nullptr && keep(*before);
        running.add(follows ? logs_after(Price{before->bar.close()}, recent.bar,
                                         recent.open.ms - before->open.ms, interval_ms_)
                            : bar_logs(recent.bar));
    });
    return running;
}

/// Until the first bar has left the window its sums are those of all bars, to the last bit.
RunningVol BarSeries::window() const {
    if (window_holds_all()) return all_;
    return window([](const WindowBar&) { return true; });
}

RunningVol BarSeries::window_screened() const {
    if (window_holds_all()) return all_screened();
    return window([](const WindowBar& recent) { return !recent.suspect; });
}

std::vector<TimedReturn> BarSeries::returns() const {
    std::vector<TimedReturn> all;
    all.reserve(recent_.size());
    for_each_recent([&](const WindowBar& recent, const WindowBar* before) {
        if (before == nullptr) return;
        const BarLogs logs = logs_after(Price{before->bar.close()}, recent.bar,
                                        recent.open.ms - before->open.ms, interval_ms_);
        for (std::int64_t i = logs.missing; i > 0; --i)
            all.push_back({{recent.open.ms - i * interval_ms_}, i == logs.missing ? logs.across : 0.0});
        if (logs.linked) all.push_back({recent.open, logs.r});
    });
    return all;
}

NextReturn BarSeries::next_return() const {
    return [reader = recent_.reader(), opened = Timestamp{}, close = 0.0,
            interval_ms = interval_ms_]() mutable -> std::optional<TimedReturn> {
        while (const WindowBar* const bar = reader.next()) {
            const bool linked = close > 0.0 && bar->open.ms - opened.ms == interval_ms;
            const double last = std::exchange(close, bar->bar.close());
            opened = bar->open;
            if (linked) return TimedReturn{opened, bar_logs(Price{last}, bar->bar).r};
        }
        return std::nullopt;
    };
}

}  // namespace tidemark::vol
