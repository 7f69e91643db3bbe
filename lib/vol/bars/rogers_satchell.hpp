// Range-based volatility that drift does not move, Rogers and Satchell (1991), Annals of Applied Probability
// 1(4).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_logs.hpp"

namespace tidemark::vol {

/// The sum behind rogers_satchell: one bar at a time, constant memory.
struct RogersSatchellSum {
    static constexpr std::string_view name = "rogers-satchell";
    static constexpr std::string_view unit = "bars";
    static constexpr std::int64_t min_samples = 2;

    std::int64_t bars = 0;
    double sum = 0.0;

    /// Never negative: both factors of each product have one sign.
    static double of(const BarLogs& bar) { return bar.hc * bar.ho + bar.lc * bar.lo; }

    void add(const BarLogs& bar) {
        ++bars;
        sum += of(bar);
    }
    [[nodiscard]] std::int64_t samples() const { return bars; }
    [[nodiscard]] double variance_per_bar() const { return sum / static_cast<double>(bars); }
};

/// Annualised volatility from open-high-low-close bars:
///
///     variance per bar = mean( ln(H/C) ln(H/O) + ln(L/C) ln(L/O) )
///
/// Unbiased under drift; assumes no jump between bars. 0 for a bar that only rises or only falls.
/// Fails with not_enough_data below two bars.
Result<AnnualVol> rogers_satchell(std::span<const OhlcBar> bars, PerYear bars_per_year);

}  // namespace tidemark::vol
