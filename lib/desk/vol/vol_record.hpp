// Bars and option marks to vol records.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "convert/realized_record.hpp"
#include "desk/vol/vol_policy.hpp"
#include "market/market.hpp"
#include "record/vol.hpp"
#include "vol/day_fits.hpp"
#include "vol/history/bar_series.hpp"
#include "vol/history/daily_history.hpp"
#include "vol/history/day_series.hpp"
#include "vol/history/trade_tape.hpp"

namespace tidemark::desk {

inline constexpr std::string_view every_estimator = "all";  // among VolOptions::also

struct VolOptions {
    std::string estimator = "riskmetrics2006";  // of realised volatility in use
    std::string anchor = "zero-mean";           // of the long-run anchor, over all bars
    std::vector<std::string> also;              // estimators to show besides
    std::string correlation = "sample";         // or ewma: how returns of the window are weighted
    VolPolicy policy = VolPolicy::standard();
    std::int64_t trade_bars_ms = 0;  // length of the bars to make from trades; 0: bars are candles
    std::int64_t window_ms = 30 * ms_per_day;
    std::int64_t horizon_ms = 2 * ms_per_day;     // at which implied volatility is read
    std::int64_t ticker_max_age_ms = 300'000;     // before the newest ticker
    std::int64_t candle_max_age_ms = ms_per_day;  // before the newest time of all
    double days_per_year = tidemark::days_per_year;
    bool accept_suspect = false;                      // option quotes that would be refused as suspect
    bool svi = false;                                 // fit a slice to each expiry
    bool ssvi = false;                                // and one surface to all
    double rate_per_year = 0.0;                       // that option prices are discounted with, continuously
    std::int64_t index_horizon_ms = 30 * ms_per_day;  // of the model-free index
    std::string delta = "forward";                    // convention of rr25 and bf25
    bool stress_prob = false, tails = false;
    bool evaluate = false;  // keep days to judge forecasters by, in place of bars
};

/// Everything that is kept of one underlying between two records.
struct VolSource {
    std::string symbol;  // whose bars these are
    std::optional<vol::BarSeries> bars;
    std::optional<vol::DailyHistory> history;  // of the same bars
    std::optional<vol::TradeTape> tape;        // of trade_bars_ms: what the bars are made of
    std::optional<vol::DaySeries> days;        // of --evaluate, and then no bars
};

/// What was fitted to an underlying, and the words that its last record refers to.
struct VolFits {
    vol::DayFits days;
    convert::KeptWords words;
};

/// The vol record of an underlying; it holds until the next call with these fits, and while `source` does.
/// The headline is the blend of implied and realised volatility, and the greater where one is stale: what is
/// missing or stale never lowers it. Fails with not_enough_data where there is neither, or no anchor.
Result<record::Vol> vol_record(const market::Market& market, std::string_view underlying,
                               const VolSource* source, VolFits& fits, Timestamp newest,
                               const VolOptions& options);

}  // namespace tidemark::desk
