#include "join/vol_sources.hpp"

#include <algorithm>

namespace tidemark::join {
namespace {

Result<std::string> underlying_of(std::string_view symbol, const market::Market& market) {
    if (const auto known = market.find_instrument(symbol)) return market.instrument(*known).terms.underlying;
    const auto parsed = market::parse_symbol(symbol);
    if (!parsed) return parsed.error();
    return parsed->underlying;
}

}  // namespace

Result<std::string_view> VolSources::learn(const json::Line& line, const market::Market& market) {
    if (const Status read = reader_.read(line, candle_); !read) return read.error();
    const auto bar = candle_.ohlc();
    if (!bar) return bar.error();
    const auto found = source_of(market);
    if (!found) return found.error();
    VolSource& source = (*found)->second;
    if (const Status put = put_series(source); !put) return put.error();
    const Status added = source.days ? source.days->add(candle_.ts, *bar)
                                     : source.bars->add(candle_.ts, *bar, candle_.volume != 0.0);
    if (!added) return added.error();
    newest_ = std::max(newest_, Timestamp{candle_.ts.ms + candle_.interval_ms});
    return std::string_view{(*found)->first};
}

/// The series of the symbol's underlying; one symbol's bars stand for it.
Result<VolSources::Map::value_type*> VolSources::source_of(const market::Market& market) {
    const std::string_view symbol = candle_.symbol;
    if (const auto known = symbols_.find(symbol)) return by_symbol_[*known];
    const auto underlying = underlying_of(symbol, market);
    if (!underlying) return underlying.error();
    const auto at = all_.try_emplace(*underlying).first;
    VolSource& source = at->second;
    if (source.symbol.empty()) source.symbol = symbol;
    if (source.symbol != symbol)
        return Error{Errc::bad_series,
                     "want candles of one symbol an underlying; those of " + source.symbol + " came first",
                     "symbol", 0};
    symbols_.intern(symbol);
    by_symbol_.push_back(&*at);
    return &*at;
}

Status VolSources::put_series(VolSource& source) const {
    const std::int64_t had = source.days   ? source.days->interval_ms()
                             : source.bars ? source.bars->interval_ms()
                                           : 0;
    if (had == candle_.interval_ms) return Ok{};
    if (had != 0) return Error{Errc::bad_series, "want the interval of the bars before", "interval_ms", 0};
    if (options_.evaluate) {
        auto made = vol::DaySeries::make(candle_.interval_ms, options_.window_ms);
        if (!made) return made.error();
        source.days = *std::move(made);
    } else {
        auto made = vol::BarSeries::make(candle_.interval_ms, options_.window_ms, options_.days_per_year);
        if (!made) return made.error();
        source.bars = *std::move(made);
    }
    return Ok{};
}

}  // namespace tidemark::join
