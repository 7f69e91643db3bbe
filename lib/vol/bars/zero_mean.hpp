// Volatility from closes alone, the mean return taken as 0.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_estimate.hpp"
#include "vol/bars/bar_logs.hpp"
#include "vol/bars/term_mean.hpp"

namespace tidemark::vol {

/// The sum behind zero_mean: one bar at a time, constant memory.
struct ZeroMeanSum : TermMean<ZeroMeanSum> {
    static constexpr std::string_view name = "zero-mean";
    static constexpr std::string_view unit = "returns";
    static constexpr bool linked_only = true;
    static constexpr std::int64_t min_samples = 1;

    static double of(const BarLogs& bar) { return bar.r * bar.r; }
};

/// Annualised volatility from closing prices: the mean of r^2, r = ln(C_t / C_{t-1}).
/// Over short windows of short bars the better default: a mean that is not there is not estimated.
/// Fails with not_enough_data below one return, that is two bars.
inline Result<AnnualVol> zero_mean(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return estimate<ZeroMeanSum>(bars, bars_per_year);
}

}  // namespace tidemark::vol
