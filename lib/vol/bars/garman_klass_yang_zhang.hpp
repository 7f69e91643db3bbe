// Garman and Klass with the overnight term of Yang and Zhang (2000), Journal of Business 73(3).
#pragma once

#include <span>
#include <string_view>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_estimate.hpp"
#include "vol/bars/bar_logs.hpp"
#include "vol/bars/garman_klass.hpp"
#include "vol/bars/term_mean.hpp"

namespace tidemark::vol {

/// The sum behind garman_klass_yang_zhang: one bar at a time, constant memory.
struct GarmanKlassYangZhangSum : TermMean<GarmanKlassYangZhangSum> {
    static constexpr std::string_view name = "garman-klass-yang-zhang";
    static constexpr std::string_view unit = "linked bars";
    static constexpr bool linked_only = true;

    static double of(const BarLogs& bar) { return bar.o * bar.o + GarmanKlassSum::of(bar); }
};

/// Annualised volatility from open-high-low-close bars that may open away from the last close:
///
///     variance per bar = mean( ln(O_t/C_{t-1})^2 + Garman-Klass term )
///
/// Assumes no drift. The first bar gives only its close. On a market that never closes the added term
/// measures outages of the feed, not risk.
/// Fails with not_enough_data below two bars after the first.
inline Result<AnnualVol> garman_klass_yang_zhang(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return estimate<GarmanKlassYangZhangSum>(bars, bars_per_year);
}

}  // namespace tidemark::vol
