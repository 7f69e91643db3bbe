// What daily models are fitted to: the moves of an underlying by UTC day, however short its bars are.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "core/bytes.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace tidemark::vol {

/// A market that is gone for longer may come back as another asset: that move is none.
inline constexpr std::int64_t longest_outage_ms = 7 * ms_per_day;

/// The log returns of a day's bars. Bars that are not there have the move across them in equal shares, unless
/// that took more than longest_outage_ms; the bar behind them counts from its open.
struct DaySum {
    double log_return = 0.0;  // their sum
    double variance = 0.0;    // of their squares
    std::int32_t day = 0;     // since 1970
    std::int32_t bars = 0;

    static constexpr auto stored() {
        using T = DaySum;
        return std::tuple{&T::log_return, &T::variance, &T::day, &T::bars};
    }
};

class DailyHistory {
public:
    /// No day of bars that do not fill one is ever whole. Wants interval_ms > 0.
    explicit DailyHistory(std::int64_t interval_ms);

    /// The next bar; gives its day so far. Wants bars in the order of their times.
    const DaySum& add(Timestamp open, const OhlcBar& bar);

    /// Has all its bars, and moved.
    [[nodiscard]] bool whole(const DaySum& day) const {
        return day.bars == bars_a_day_ && day.variance > 0.0;
    }
    [[nodiscard]] std::int32_t bars_a_day() const { return bars_a_day_; }  // 0 where they do not fill one
    /// Every day that had a bar, in order. The last may still be running.
    [[nodiscard]] std::span<const DaySum> days() const { return days_; }
    /// The last, where bars of it may still come.
    [[nodiscard]] std::optional<DaySum> running() const;
    [[nodiscard]] std::vector<double> whole_returns() const;
    [[nodiscard]] std::vector<double> whole_variances() const;

    /// See BarSeries.
    void save(ByteSink& out) const;
    static Result<DailyHistory> load(ByteSource& in);

private:
    void fill_gap(Timestamp open, double price);
    DaySum& day_of(Timestamp open);

    std::int64_t interval_ms_;
    std::int32_t bars_a_day_;
    std::vector<DaySum> days_;
    Timestamp last_close_;
    double last_close_price_ = 0.0;
};

}  // namespace tidemark::vol
