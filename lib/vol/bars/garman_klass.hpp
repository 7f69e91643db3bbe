// Range-based volatility, Garman and Klass (1980), Journal of Business 53(1).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_logs.hpp"

namespace tidemark::vol {

/// The sum behind garman_klass: one bar at a time, constant memory.
struct GarmanKlassSum {
    static constexpr std::string_view name = "garman-klass";
    static constexpr std::string_view unit = "bars";
    static constexpr std::int64_t min_samples = 2;

    std::int64_t bars = 0;
    double sum = 0.0;

    /// Never negative: in a consistent bar |ln(C/O)| <= ln(H/L), and 2 ln 2 - 1 < 1/2.
    static double of(const BarLogs& bar) {
        return 0.5 * bar.u * bar.u - (2.0 * std::numbers::ln2 - 1.0) * bar.c * bar.c;
    }

    void add(const BarLogs& bar) {
        ++bars;
        sum += of(bar);
    }
    [[nodiscard]] std::int64_t samples() const { return bars; }
    [[nodiscard]] double variance_per_bar() const { return sum / static_cast<double>(bars); }
};

/// Annualised volatility from open-high-low-close bars:
///
///     variance per bar = mean( ln(H/L)^2 / 2  -  (2 ln 2 - 1) ln(C/O)^2 )
///
/// Assumes no drift, and that each bar opens where the last one closed.
/// Fails with not_enough_data below two bars.
Result<AnnualVol> garman_klass(std::span<const OhlcBar> bars, PerYear bars_per_year);

}  // namespace tidemark::vol
