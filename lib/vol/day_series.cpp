#include "vol/day_series.hpp"

#include <fmt/format.h>

#include "vol/bar_logs.hpp"

namespace tidemark::vol {

Result<DaySeries> DaySeries::make(std::int64_t interval_ms, std::int64_t window_ms) {
    if (interval_ms <= 0 || ms_per_day % interval_ms != 0 || ms_per_day / interval_ms < 4)
        return Error{
            Errc::out_of_range,
            fmt::format("want bars of which a day holds 4 or more, a whole number; got {} ms", interval_ms),
            "interval_ms", 0};
    auto bars = BarSeries::make(interval_ms, window_ms, 365.0);
    if (!bars) return bars.error();
    return DaySeries{*std::move(bars)};
}

Status DaySeries::add(Timestamp open, const OhlcBar& bar) {
    const bool first = bars_.samples() == 0;
    const bool linked = !first && bars_.last_close() == open;
    if (Status added = bars_.add(open, bar); !added) return added;
    const std::int64_t day = open.ms / ms_per_day;
    if (first) first_day_ = day;
    if (day != day_) {
        day_ = day;
        in_day_ = 0;
        variance_ = return_ = 0.0;
    }
    const BarLogs logs = linked ? bar_logs(Price{last_close_price_}, bar) : bar_logs(bar);
    const double r = linked ? logs.r : logs.c;
    variance_ += r * r;
    return_ += r;
    last_close_price_ = bar.close();
    if (++in_day_ == ms_per_day / interval_ms()) end_day();
    return Ok{};
}

std::int64_t DaySeries::left_out() const {
    return bars_.samples() == 0 ? 0 : day_ - first_day_ + 1 - static_cast<std::int64_t>(size());
}

void DaySeries::end_day() {
    if (!(variance_ > 0.0)) return;
    variances_.push_back(variance_);
    returns_.push_back(return_);
    const RunningVol window = bars_.window();
    std::vector<double>& estimates = estimates_.emplace_back();
    for (const Estimator& estimator : estimators()) {
        const auto vol = estimator.of(decays(estimator.name) ? bars_.all() : window);
        estimates.push_back(vol ? vol->value() * vol->value() / 365.0 : 0.0);
    }
}

}  // namespace tidemark::vol
