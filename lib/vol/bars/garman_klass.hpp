// Range-based volatility, Garman and Klass (1980), Journal of Business 53(1).
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

/// The sum behind garman_klass: one bar at a time, constant memory.
struct GarmanKlassSum : TermMean<GarmanKlassSum> {
    static constexpr std::string_view name = "garman-klass";
    static constexpr std::string_view unit = "bars";
    static constexpr bool linked_only = false;

    /// Never negative: in a consistent bar |ln(C/O)| <= ln(H/L), and 2 ln 2 - 1 < 1/2.
    static double of(const BarLogs& bar) {
        return 0.5 * bar.u * bar.u - (2.0 * std::numbers::ln2 - 1.0) * bar.c * bar.c;
    }
};

/// Annualised volatility from open-high-low-close bars:
///
///     variance per bar = mean( ln(H/L)^2 / 2  -  (2 ln 2 - 1) ln(C/O)^2 )
///
/// Assumes no drift, and that each bar opens where the last one closed.
/// Fails with not_enough_data below two bars.
inline Result<AnnualVol> garman_klass(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return estimate<GarmanKlassSum>(bars, bars_per_year);
}

}  // namespace tidemark::vol
