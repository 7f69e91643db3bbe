// Range-based volatility that drift does not move, Rogers and Satchell (1991), Annals of Applied Probability
// 1(4).
#pragma once

#include <span>
#include <string_view>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_estimate.hpp"
#include "vol/bars/bar_logs.hpp"
#include "vol/bars/term_mean.hpp"

namespace tidemark::vol {

/// The sum behind rogers_satchell: one bar at a time, constant memory.
struct RogersSatchellSum : TermMean<RogersSatchellSum> {
    static constexpr std::string_view name = "rogers-satchell";
    static constexpr std::string_view unit = "bars";
    static constexpr bool linked_only = false;

    /// Never negative: both factors of each product have one sign.
    static double of(const BarLogs& bar) { return bar.hc * bar.ho + bar.lc * bar.lo; }
};

/// Annualised volatility from open-high-low-close bars:
///
///     variance per bar = mean( ln(H/C) ln(H/O) + ln(L/C) ln(L/O) )
///
/// Unbiased under drift; assumes no jump between bars. 0 for a bar that only rises or only falls.
/// Fails with not_enough_data below two bars.
inline Result<AnnualVol> rogers_satchell(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return estimate<RogersSatchellSum>(bars, bars_per_year);
}

}  // namespace tidemark::vol
