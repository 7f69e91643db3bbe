// Range-based volatility, Parkinson (1980), Journal of Business 53(1).
#pragma once

#include <numbers>
#include <span>
#include <string_view>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_estimate.hpp"
#include "vol/bars/bar_logs.hpp"
#include "vol/bars/term_mean.hpp"

namespace tidemark::vol {

/// The sum behind parkinson: one bar at a time, constant memory.
struct ParkinsonSum : TermMean<ParkinsonSum> {
    static constexpr std::string_view name = "parkinson";
    static constexpr std::string_view unit = "bars";
    static constexpr bool linked_only = false;

    static double of(const BarLogs& bar) { return bar.u * bar.u / (4.0 * std::numbers::ln2); }
};

/// Annualised volatility from the high and low of each bar:
///
///     variance per bar = mean( ln(H/L)^2 ) / (4 ln 2)
///
/// Assumes no drift and no jump between bars. Reads low where a bar has few trades.
/// Fails with not_enough_data below two bars.
inline Result<AnnualVol> parkinson(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return estimate<ParkinsonSum>(bars, bars_per_year);
}

}  // namespace tidemark::vol
