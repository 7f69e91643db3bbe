#include "desk/vol/vol_sources.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark::desk {
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
    const auto found = source_of(candle_.symbol, market);
    if (!found) return found.error();
    VolSource& source = (*found)->second;
    if (const Status put = put_series(source, candle_.interval_ms); !put) return put.error();
    if (const Status added = add_bar(source, candle_.ts, *bar, candle_.volume != 0.0); !added)
        return added.error();
    return std::string_view{(*found)->first};
}

Result<std::string_view> VolSources::learn_trade(const json::Line& line, const market::Market& market) {
    if (const Status read = reader_.read(line, trade_); !read) return read.error();
    const auto found = source_of(trade_.symbol, market);
    if (!found) return found.error();
    VolSource& source = (*found)->second;
    if (!source.tape) source.tape.emplace(options_.trade_bars_ms);
    if (const Status put = put_series(source, options_.trade_bars_ms); !put) return put.error();
    ended_.clear();
    if (const Status added = source.tape->add(trade_.ts, Price{trade_.price}, ended_); !added)
        return added.error();
    for (const vol::TapeBar& ended : ended_) {
        if (const Status added = add_bar(source, ended.open, ended.bar, ended.traded); !added)
            return added.error();
    }
    return ended_.empty() ? std::string_view{} : std::string_view{(*found)->first};
}

Status VolSources::add_bar(VolSource& source, Timestamp open, const OhlcBar& bar, bool traded) {
    if (Status added = source.days ? source.days->add(open, bar) : source.bars->add(open, bar, traded);
        !added)
        return added;
    if (source.history) source.history->add(open, bar);
    const std::int64_t length = source.days ? source.days->interval_ms() : source.bars->interval_ms();
    newest_ = std::max(newest_, Timestamp{open.ms + length});
    return Ok{};
}

/// The series of the symbol's underlying; one symbol's bars stand for it.
Result<VolSources::Map::value_type*> VolSources::source_of(std::string_view symbol,
                                                           const market::Market& market) {
    if (const auto known = symbols_.find(symbol)) return by_symbol_[*known];
    const auto underlying = underlying_of(symbol, market);
    if (!underlying) return underlying.error();
    const auto at = all_.try_emplace(*underlying).first;
    VolSource& source = at->second;
    if (source.symbol.empty()) source.symbol = symbol;
    if (source.symbol != symbol)
        return Error{Errc::bad_series,
                     fmt::format("want {} of one symbol an underlying; those of {} came first",
                                 options_.trade_bars_ms > 0 ? "trades" : "candles", source.symbol),
                     "symbol", 0};
    symbols_.intern(symbol);
    by_symbol_.push_back(&*at);
    return &*at;
}

Status VolSources::put_series(VolSource& source, std::int64_t interval_ms) const {
    const std::int64_t had = source.days   ? source.days->interval_ms()
                             : source.bars ? source.bars->interval_ms()
                                           : 0;
    if (had == interval_ms) return Ok{};
    if (had != 0) return Error{Errc::bad_series, "want the interval of the bars before", "interval_ms", 0};
    if (options_.evaluate) {
        auto made = vol::DaySeries::make(interval_ms, options_.window_ms);
        if (!made) return made.error();
        source.days = *std::move(made);
    } else {
        auto made = vol::BarSeries::make(interval_ms, options_.window_ms, options_.days_per_year);
        if (!made) return made.error();
        source.bars = *std::move(made);
        source.history.emplace(interval_ms);
    }
    return Ok{};
}

}  // namespace tidemark::desk
