// Volatility from closes alone: the standard deviation of log returns.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_estimate.hpp"
#include "vol/bars/bar_logs.hpp"
#include "vol/bars/running_moments.hpp"

namespace tidemark::vol {

/// The sum behind close_to_close: one bar at a time, constant memory.
struct CloseToCloseSum {
    static constexpr std::string_view name = "close-to-close";
    static constexpr std::string_view unit = "returns";
    static constexpr std::int64_t min_samples = 2;

    RunningMoments returns;

    void add(const BarLogs& bar) {
        if (!bar.linked) return;
        returns.add_over(bar.across, bar.missing);
        returns.add(bar.r);
    }
    [[nodiscard]] std::int64_t samples() const { return returns.count; }
    [[nodiscard]] double variance_per_bar() const { return returns.sample_variance(); }

    static constexpr auto stored() { return std::tuple{&CloseToCloseSum::returns}; }
};

/// Annualised volatility from closing prices: the sample variance (divisor n - 1) of n log returns
///
///     r = ln(C_t / C_{t-1})
///
/// The mean return is removed. n counts returns: m bars give m - 1. (R's TTR counts prices.)
/// Fails with not_enough_data below two returns, that is three bars.
inline Result<AnnualVol> close_to_close(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return estimate<CloseToCloseSum>(bars, bars_per_year);
}

}  // namespace tidemark::vol
