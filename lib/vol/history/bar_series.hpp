// One instrument's bars as they come: estimators over all of them and over the last of them, gaps counted.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "core/bytes.hpp"
#include "core/ohlc_bar.hpp"
#include "core/time.hpp"
#include "vol/bars/running_vol.hpp"
#include "vol/history/correlation.hpp"
#include "vol/history/daily_history.hpp"
#include "vol/history/packed_bars.hpp"
#include "vol/history/range_screen.hpp"

namespace tidemark::vol {

class BarSeries {
public:
    /// Bars of one length; the window is how long `window()` looks back. Fails with out_of_range unless the
    /// window holds at least three bars.
    static Result<BarSeries> make(std::int64_t interval_ms, std::int64_t window_ms, double days_per_year);

    /// The next bar, by the time it opened. Fails with bad_series for one that does not open a whole number
    /// of bars after the last. The move across a gap counts, over the time that it took; where that is more
    /// than longest_outage_ms it may be of another asset and belongs to no bar. `traded` is false where its
    /// volume is known and 0.
    Status add(Timestamp open, const OhlcBar& bar, bool traded = true);

    /// All of it, as one part of a state; load() gives a series that goes on from there, to the last bit.
    /// Fails as get_part does, and where these are not the bytes of one.
    void save(ByteSink& out) const;
    static Result<BarSeries> load(ByteSource& in);

    [[nodiscard]] std::int64_t interval_ms() const { return interval_ms_; }
    [[nodiscard]] std::int64_t samples() const { return samples_; }
    [[nodiscard]] std::int64_t gaps() const { return gaps_; }    // bars due and not there
    [[nodiscard]] std::int64_t halts() const { return halts_; }  // unbroken runs of these
    /// Whether bars are missing as they are of a market that closes: a tenth of all, in one break every other
    /// day to two a day. More and shorter breaks are those of a market in which little is traded.
    [[nodiscard]] bool sessions() const;
    [[nodiscard]] std::int64_t untraded() const { return untraded_; }
    [[nodiscard]] std::int64_t suspects() const { return suspects_; }  // by RangeScreen
    [[nodiscard]] Timestamp last_close() const { return {last_open_.ms + interval_ms_}; }

    /// Every bar since the first.
    [[nodiscard]] const RunningVol& all() const { return all_; }
    /// The bars of the window alone.
    [[nodiscard]] RunningVol window() const;
    /// Both as if suspect bars had not been there.
    [[nodiscard]] const RunningVol& all_screened() const { return screened_ ? *screened_ : all_; }
    [[nodiscard]] RunningVol window_screened() const;
    /// Their returns; a move across bars that are not there is in the first of them.
    [[nodiscard]] std::vector<TimedReturn> returns() const;
    /// One by one, of linked bars alone, while this object stays as it is.
    [[nodiscard]] NextReturn next_return() const;
    [[nodiscard]] std::size_t window_size() const { return recent_.size(); }

private:
    BarSeries(std::int64_t interval_ms, std::size_t window_bars, RunningVol empty)
        : interval_ms_{interval_ms}, empty_{empty}, all_{empty}, recent_{interval_ms, window_bars} {}

    /// Calls f(bar, the one before it) for each bar of the window, the oldest first. The bar before the
    /// oldest of a full window is gone: there the second is null.
    template <class F>
    void for_each_recent(F f) const;

    [[nodiscard]] bool window_holds_all() const {
        return recent_.size() == static_cast<std::size_t>(samples_);
    }
    template <class Keep>
    [[nodiscard]] RunningVol window(Keep keep) const;
    bool screen(const BarLogs& logs, const OhlcBar& bar);
    bool get_sums(ByteSource& in);
    bool get_recent(ByteSource& in);
    static constexpr auto counts() {
        using T = BarSeries;
        return std::tuple{&T::ranges_,    &T::samples_,      &T::gaps_,
                          &T::halts_,     &T::untraded_,     &T::suspects_,
                          &T::last_open_, &T::last_suspect_, &T::last_close_price_};
    }

    std::int64_t interval_ms_;
    RunningVol empty_, all_;
    std::optional<RunningVol> screened_;  // from the first suspect bar on
    RangeScreen ranges_;
    PackedBars recent_;  // the window
    std::int64_t samples_ = 0, gaps_ = 0, halts_ = 0, untraded_ = 0, suspects_ = 0;
    Timestamp last_open_;
    bool last_suspect_ = false;
    double last_close_price_ = 0.0;
};

}  // namespace tidemark::vol
