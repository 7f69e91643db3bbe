// Range-based volatility, Parkinson (1980), Journal of Business 53(1).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_logs.hpp"

namespace tidemark::vol {

/// The sum behind parkinson: one bar at a time, constant memory.
struct ParkinsonSum {
    static constexpr std::string_view name = "parkinson";
    static constexpr std::string_view unit = "bars";
    static constexpr std::int64_t min_samples = 2;

    std::int64_t bars = 0;
    double sum = 0.0;

    static double of(const BarLogs& bar) { return bar.u * bar.u / (4.0 * std::numbers::ln2); }

    void add(const BarLogs& bar) {
        ++bars;
        sum += of(bar);
    }
    [[nodiscard]] std::int64_t samples() const { return bars; }
    [[nodiscard]] double variance_per_bar() const { return sum / static_cast<double>(bars); }
};

/// Annualised volatility from the high and low of each bar:
///
///     variance per bar = mean( ln(H/L)^2 ) / (4 ln 2)
///
/// Assumes no drift and no jump between bars. Reads low where a bar has few trades.
/// Fails with not_enough_data below two bars.
Result<AnnualVol> parkinson(std::span<const OhlcBar> bars, PerYear bars_per_year);

}  // namespace tidemark::vol
