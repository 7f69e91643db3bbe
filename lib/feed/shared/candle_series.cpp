#include "feed/shared/candle_series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/time.hpp"
#include "json/writer.hpp"

namespace tidemark::feed {
namespace {

constexpr std::int64_t minute = ms_per_minute, hour = ms_per_hour, day = ms_per_day;

/// The lengths that Binance, OKX, Bybit, Deribit or Hyperliquid have candles of; a month has no fixed one.
constexpr std::array<std::int64_t, 18> known_intervals{
    ms_per_second, minute,   3 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour,    2 * hour,
    3 * hour,      4 * hour, 6 * hour,   8 * hour,   12 * hour,   day,         2 * day,     3 * day, 7 * day};

Error bad_series(std::string message) {
    return {Errc::bad_series, std::move(message), "ts", 0};
}

}  // namespace

Status CandleSeries::in_order(const record::Candle& candle) const {
    if (!newest_) return Ok{};
    if (candle.ts <= *newest_)
        return bad_series(fmt::format(
            "want rows in the order of time, each once; got {} after {} (tac turns newest first round)",
            to_rfc3339(candle.ts), to_rfc3339(*newest_)));
    if (candle.ts.ms - newest_->ms < interval_ms_)
        return bad_series(fmt::format("want rows at least {} ms apart, got {} after {} (see --interval)",
                                      interval_ms_, to_rfc3339(candle.ts), to_rfc3339(*newest_)));
    return Ok{};
}

Status CandleSeries::learn_interval(Timestamp second) {
    const std::int64_t apart = second.ms - newest_->ms;
    if (std::find(known_intervals.begin(), known_intervals.end(), apart) == known_intervals.end())
        return bad_series(
            fmt::format("want --interval: the first two rows are {} ms apart, which no venue's "
                        "candles are",
                        apart));
    interval_ms_ = apart;
    return Ok{};
}

void CandleSeries::write(const record::Candle& candle, std::string& lines) const {
    if (as_of_ && candle.ts.ms + candle.interval_ms > as_of_->ms) return;
    json::append_line(lines, candle);
}

Status CandleSeries::put(record::Candle candle, std::string& lines) {
    if (const auto bar = candle.ohlc(); !bar) return bar.error();
    if (candle.volume && !json::rule_holds(json::Rule::not_negative, *candle.volume)) {
        Error broken =
            json::broken_rule(json::Rule::not_negative, *candle.volume, fmt::to_string(*candle.volume));
        broken.field = "volume";
        return broken;
    }
    if (candle.interval_ms != 0 && interval_ms_ == 0) interval_ms_ = candle.interval_ms;
    if (candle.interval_ms != 0 && candle.interval_ms != interval_ms_)
        return bad_series(
            fmt::format("want candles of {} ms, got one of {} ms", interval_ms_, candle.interval_ms));
    if (Status ordered = in_order(candle); !ordered) return ordered;
    if (interval_ms_ == 0 && newest_) {
        if (Status learnt = learn_interval(candle.ts); !learnt) return learnt;
    }
    newest_ = candle.ts;
    candle.interval_ms = interval_ms_;
    if (interval_ms_ == 0) {
        first_ = candle;
        return Ok{};
    }
    if (first_) {
        first_->interval_ms = interval_ms_;
        write(*first_, lines);
        first_.reset();
    }
    write(candle, lines);
    return Ok{};
}

Status CandleSeries::finish() {
    if (!first_) return Ok{};
    first_.reset();
    return Error{Errc::not_enough_data, "want --interval: one row does not say how long its candle is", "ts",
                 0};
}

}  // namespace tidemark::feed
