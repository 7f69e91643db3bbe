// Bars gathered to whole UTC days: what daily forecasts are made from and judged by.
#pragma once

#include <cstdint>
#include <vector>

#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "vol/history/bar_series.hpp"
#include "vol/history/daily_history.hpp"

namespace tidemark::vol {

class DaySeries {
public:
    /// Fails with out_of_range where a day is not a whole number of bars, at least 4 of them, and as
    /// BarSeries::make does.
    static Result<DaySeries> make(std::int64_t interval_ms, std::int64_t window_ms);

    /// The next bar. Fails as BarSeries::add does.
    Status add(Timestamp open, const OhlcBar& bar);

    /// Days with all their bars and any movement, in order; one place each in the lists below.
    [[nodiscard]] std::size_t size() const { return variances_.size(); }
    /// Days since the first bar that are none of these.
    [[nodiscard]] std::int64_t left_out() const;
    [[nodiscard]] std::int64_t interval_ms() const { return bars_.interval_ms(); }
    [[nodiscard]] Timestamp last_close() const { return bars_.last_close(); }

    /// Realised variance: the sum of squared log returns of the bars. Above 0.
    [[nodiscard]] const std::vector<double>& variances() const { return variances_; }
    /// Their plain sum. The first bar of a day counts from its open where the bar before it is not there.
    [[nodiscard]] const std::vector<double>& returns() const { return returns_; }
    /// Variance a day by each of bar_sums, as known at the end of the day; 0 where it had too few
    /// bars.
    [[nodiscard]] const std::vector<std::vector<double>>& estimates() const { return estimates_; }

private:
    explicit DaySeries(BarSeries bars) : bars_{std::move(bars)}, history_{bars_.interval_ms()} {}
    void end_day(const DaySum& day);

    BarSeries bars_;
    DailyHistory history_;
    std::vector<double> variances_, returns_;
    std::vector<std::vector<double>> estimates_;
};

}  // namespace tidemark::vol
