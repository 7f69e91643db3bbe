// Bars and option marks to vol records.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "market/market.hpp"
#include "record/vol.hpp"
#include "vol/bar_series.hpp"
#include "vol/day_series.hpp"

namespace tidemark::join {

struct VolOptions {
    std::string estimator = "riskmetrics2006";  // of realised volatility in use
    std::string anchor = "zero-mean";           // of the long-run anchor, over all bars
    std::string correlation = "sample";         // or ewma: how returns of the window are weighted
    std::int64_t window_ms = 30 * ms_per_day;
    std::int64_t horizon_ms = 2 * ms_per_day;     // at which implied volatility is read
    std::int64_t ticker_max_age_ms = 300'000;     // before the newest ticker
    std::int64_t candle_max_age_ms = ms_per_day;  // before the newest time of all
    double days_per_year = 365.0;
    bool resumed = false;        // more will come in a later run: what cannot be estimated yet has no record
    bool svi = false;            // fit a slice to each expiry
    bool ssvi = false;           // and one surface to all
    double rate_per_year = 0.0;  // that option prices are discounted with, continuously
    std::int64_t index_horizon_ms = 30 * ms_per_day;  // of the model-free index
    std::string delta = "forward";                    // convention of rr25 and bf25
    bool evaluate = false;                            // keep days to judge forecasters by, in place of bars
};

/// Everything that is kept of one underlying between two records.
struct VolSource {
    std::string symbol;  // whose bars these are
    std::optional<vol::BarSeries> bars;
    std::optional<vol::DaySeries> days;  // of --evaluate, and then no bars
};

/// The vol record of an underlying; views into it hold while `source` and this call's strings do. The
/// headline is the greater of implied and fresh realised volatility: what is missing or stale never lowers
/// it. Fails with not_enough_data where there is neither, or no anchor.
Result<record::Vol> vol_record(const market::Market& market, std::string_view underlying,
                               const VolSource* source, Timestamp newest, const VolOptions& options);

}  // namespace tidemark::join
