#include "vol/history/day_series.hpp"

#include <fmt/format.h>

#include "vol/bars/bar_sums.hpp"

namespace tidemark::vol {

Result<DaySeries> DaySeries::make(std::int64_t interval_ms, std::int64_t window_ms) {
    if (interval_ms <= 0 || ms_per_day % interval_ms != 0 || ms_per_day / interval_ms < 4)
        return Error{
            Errc::out_of_range,
            fmt::format("want bars of which a day holds 4 or more, a whole number; got {} ms", interval_ms),
            "interval_ms", 0};
    auto bars = BarSeries::make(interval_ms, window_ms, days_per_year);
    if (!bars) return bars.error();
    return DaySeries{*std::move(bars)};
}

Status DaySeries::add(Timestamp open, const OhlcBar& bar) {
    if (Status added = bars_.add(open, bar); !added) return added;
    const DaySum& day = history_.add(open, bar);
    if (history_.whole(day)) end_day(day);
    return Ok{};
}

std::int64_t DaySeries::left_out() const {
    const auto days = history_.days();
    return days.empty() ? 0 : days.back().day - days.front().day + 1 - static_cast<std::int64_t>(size());
}

void DaySeries::end_day(const DaySum& day) {
    variances_.push_back(day.variance);
    returns_.push_back(day.log_return);
    const RunningVol window = bars_.window();
    std::vector<double>& estimates = estimates_.emplace_back();
    for (const BarSum& sum : bar_sums) {
        const auto vol = sum.of(sum.decays ? bars_.all() : window);
        estimates.push_back(vol ? vol->value() * vol->value() / days_per_year : 0.0);
    }
}

}  // namespace tidemark::vol
