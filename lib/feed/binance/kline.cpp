#include "feed/binance/kline.hpp"

#include <fmt/format.h>

#include <array>

#include "feed/shared/candle_series.hpp"
#include "feed/shared/cells.hpp"
#include "market/symbol.hpp"

namespace tidemark::feed {
namespace {

enum Column : std::size_t { open_time, open, high, low, close, volume, close_time, base_of_inverse };

constexpr std::array<std::string_view, 8> names{
    "open_time_ms|open_time", "open", "high", "low", "close", "volume", "close_time", "quote_volume"};
constexpr std::size_t required = 5;  // up to close
constexpr std::size_t widest = 12;

bool numeric(std::string_view cell) {
    return !cell.empty() && cell.front() >= '0' && cell.front() <= '9';
}

class BinanceKline : public Importer {
public:
    BinanceKline(const Options& options, bool inverse)
        : symbol_{options.symbol},
          time_unit_{options.time_unit},
          inverse_{inverse},
          series_{options.interval_ms, options.as_of} {}

    void line(std::string_view text, Output& out) override {
        Status taken = row_.split(text);
        if (taken) taken = numeric(row_[0]) ? take_row(out.lines) : columns_.find(row_, names, required);
        if (!taken) out.errors.push_back(std::move(taken.error()));
    }

    void finish(Output& out) override {
        if (Status ended = series_.finish(); !ended) out.errors.push_back(std::move(ended.error()));
    }

private:
    /// Without a header the columns are the archive's.
    Status place_columns() {
        if (columns_.width() != 0 || row_.size() < volume + 1 || row_.size() > widest) return Ok{};
        std::vector<std::size_t> places(names.size(), Columns::absent);
        for (std::size_t i = 0; i < names.size() && i < row_.size(); ++i) places[i] = i;
        columns_.set(std::move(places), row_.size());
        return Ok{};
    }

    Status take_row(std::string& lines) {
        if (Status placed = place_columns(); !placed) return placed;
        if (row_.size() != columns_.width())
            return Error{Errc::wrong_type,
                         columns_.width() == 0
                             ? fmt::format("want 6 to 12 columns, got {}", row_.size())
                             : fmt::format("want {} columns, got {}", columns_.width(), row_.size()),
                         "", 0};
        Cells cells{row_, columns_, names};
        record::Candle candle;
        candle.symbol = symbol_;
        candle.ts = cells.time(open_time, time_unit_);
        candle.open = cells.required(open, json::Rule::positive);
        candle.high = cells.required(high, json::Rule::positive);
        candle.low = cells.required(low, json::Rule::positive);
        candle.close = cells.required(close, json::Rule::positive);
        candle.volume = cells.number(inverse_ ? base_of_inverse : volume, json::Rule::not_negative);
        if (!cells.text(close_time).empty())
            candle.interval_ms = cells.time(close_time, time_unit_).ms + 1 - candle.ts.ms;
        if (!cells.good()) return std::move(cells.error());
        return series_.put(candle, lines);
    }

    std::string symbol_;
    TimeUnit time_unit_;
    bool inverse_;
    CandleSeries series_;
    CsvRow row_;
    Columns columns_;
};

}  // namespace

Result<std::unique_ptr<Importer>> binance_kline(const Options& options) {
    if (options.symbol.empty())
        return Error{Errc::usage, "want --symbol, such as BTCUSDT: kline rows do not name their instrument",
                     "--symbol", 0};
    const auto terms = market::parse_symbol(options.symbol);
    return std::unique_ptr<Importer>{std::make_unique<BinanceKline>(options, terms && terms->inverse())};
}

}  // namespace tidemark::feed
