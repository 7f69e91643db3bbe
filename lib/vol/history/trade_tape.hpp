// Trades as they come: bars are made of them, and a volatility that forgets with time, not with trades.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "core/bytes.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "vol/realized/irregular.hpp"

namespace tidemark::vol {

struct TapeBar {
    Timestamp open;
    OhlcBar bar;
    bool traded;
};

class TradeTape {
public:
    /// Silence up to here is bars that stood still, at the last price; a longer one is bars that are not
    /// there.
    static constexpr std::int64_t longest_silence_ms = ms_per_day;
    static constexpr double decay_seconds = seconds_per_hour;
    /// Trades nearer than this to the last one taken do not count in the decaying volatility: they would
    /// bring the bounce between bid and ask.
    static constexpr std::int64_t spacing_ms = ms_per_minute;
    static constexpr std::int64_t min_returns = 30;

    /// Wants interval_ms > 0.
    explicit TradeTape(std::int64_t interval_ms) : interval_ms_{interval_ms} {
        decaying_.tau_seconds = decay_seconds;
    }

    /// The next trade; appends the bars that are over with it. Fails with bad_series for a time before that
    /// of the last trade, out_of_range for a price that is not above 0, and is then as before.
    Status add(Timestamp at, Price price, std::vector<TapeBar>& ended);

    /// IrregularVariance of the trades taken, the weight of the time before the first put on all of it. Fails
    /// with not_enough_data below min_returns of them.
    [[nodiscard]] Result<AnnualVol> annual_vol() const;
    [[nodiscard]] Timestamp last() const { return last_; }
    [[nodiscard]] std::int64_t interval_ms() const { return interval_ms_; }

    /// See BarSeries; load() goes on into a tape of the same interval.
    void save(ByteSink& out) const;
    Status load(ByteSource& in);

private:
    static constexpr auto stored() {
        using T = TradeTape;
        return std::tuple{&T::trades_,    &T::returns_,     &T::open_price_,    &T::high_price_,
                          &T::low_price_, &T::close_price_, &T::open_,          &T::last_,
                          &T::taken_,     &T::taken_price_, &T::taken_seconds_, &T::decaying_};
    }
    void take(Timestamp at, double price);
    void end_bar(Timestamp at, std::vector<TapeBar>& ended);

    std::int64_t interval_ms_;
    std::int64_t trades_ = 0, returns_ = 0;
    double open_price_ = 0.0, high_price_ = 0.0, low_price_ = 0.0, close_price_ = 0.0;
    Timestamp open_, last_;  // of the bar in the making; of the last trade
    Timestamp taken_;        // the last trade that counted
    double taken_price_ = 0.0, taken_seconds_ = 0.0;
    IrregularVariance decaying_;
};

}  // namespace tidemark::vol
