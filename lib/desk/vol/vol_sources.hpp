// The bars of every underlying, as candles come.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "desk/vol/vol_record.hpp"
#include "json/reader.hpp"
#include "market/market.hpp"
#include "record/candle.hpp"
#include "record/trade.hpp"

namespace tidemark::desk {

class VolSources {
public:
    using Map = std::map<std::string, VolSource, std::less<>>;  // by underlying

    explicit VolSources(const VolOptions& options) : options_{options} {}

    /// Takes one candle in; the market knows what its symbol stands for, where the symbol does not say.
    /// Fails with bad_series for a second symbol or interval of an underlying or a bar out of order, and as
    /// the reader does. Gives the underlying.
    Result<std::string_view> learn(const json::Line& line, const market::Market& market);

    /// Takes one trade in, where bars are made of trades: as learn() for the symbols, and fails with
    /// bad_series for one out of order. Gives the underlying where a bar ended with it, else nothing.
    Result<std::string_view> learn_trade(const json::Line& line, const market::Market& market);

    /// There even without bars, for what options tell of it.
    void add(std::string_view underlying) { all_.try_emplace(std::string{underlying}); }

    /// See VolFilter.
    void save(ByteSink& out) const;
    Status load(ByteSource& in);

    [[nodiscard]] const Map& all() const { return all_; }
    [[nodiscard]] Timestamp newest() const { return newest_; }  // close of any bar

private:
    Result<Map::value_type*> source_of(std::string_view symbol, const market::Market& market);
    Status put_series(VolSource& source, std::int64_t interval_ms) const;
    Status load_source(ByteSource& in);
    Status add_bar(VolSource& source, Timestamp open, const OhlcBar& bar, bool traded);

    const VolOptions& options_;
    json::Reader reader_;
    record::Candle candle_;
    record::Trade trade_;
    std::vector<vol::TapeBar> ended_;
    Map all_;
    market::NameTable symbols_;                // of candles
    std::vector<Map::value_type*> by_symbol_;  // a map's nodes stay where they are
    Timestamp newest_;
};

}  // namespace tidemark::desk
