// Candles of one instrument, checked as a series: in the order of time, each once, none unfinished.
#pragma once

#include <optional>

#include "feed/shared/importer.hpp"
#include "record/candle.hpp"

namespace tidemark::feed {

class CandleSeries {
public:
    /// Where `as_of` says when the candles were fetched, one that was not finished by then is left out.
    CandleSeries(std::optional<std::int64_t> interval_ms, std::optional<Timestamp> as_of)
        : interval_ms_{interval_ms.value_or(0)}, as_of_{as_of} {}

    /// Appends the candle, whose interval_ms is 0 where its row does not say; then it is the option's, or the
    /// time from the first row to the second if that is a length that venues have. The symbol must outlive
    /// the series. Fails with bad_series where the row is not later than the one before, or is nearer to it
    /// than the interval; with out_of_range where its prices contradict each other.
    Status put(record::Candle candle, std::string& lines);

    /// Fails with not_enough_data where there was one row only and nothing said its interval.
    Status finish();

private:
    Status learn_interval(Timestamp second);
    [[nodiscard]] Status in_order(const record::Candle& candle) const;
    void write(const record::Candle& candle, std::string& lines) const;

    std::int64_t interval_ms_;
    std::optional<Timestamp> as_of_;
    std::optional<record::Candle> first_;  // until the interval is known
    std::optional<Timestamp> newest_;
};

}  // namespace tidemark::feed
