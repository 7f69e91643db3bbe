// What the bar estimators share: a sum runs over bars, and its variance per bar is annualised.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/measure.hpp"
#include "core/ohlc_bar.hpp"
#include "core/result.hpp"
#include "vol/bars/bar_logs.hpp"

namespace tidemark::vol {

/// Annualised, or not_enough_data below min_samples, or out_of_range where bars_per_year is not a finite
/// number above 0. `unit` is what was counted: bars or returns.
Result<AnnualVol> checked_annual_vol(std::string_view name, std::string_view unit, std::int64_t samples,
                                     std::int64_t min_samples, double variance_per_bar,
                                     PerYear bars_per_year);

/// The answer of any sum that has name, unit, min_samples, samples() and variance_per_bar().
template <class Sum>
Result<AnnualVol> annual_vol(const Sum& sum, PerYear bars_per_year) {
    const double variance = sum.samples() < Sum::min_samples ? 0.0 : sum.variance_per_bar();
    return checked_annual_vol(Sum::name, Sum::unit, sum.samples(), Sum::min_samples, variance, bars_per_year);
}

/// The sum after all bars, each linked to the one before it.
template <class Sum>
Sum sum_over(std::span<const OhlcBar> bars, Sum sum = {}) {
    for (std::size_t i = 0; i < bars.size(); ++i) {
        sum.add(i == 0 ? bar_logs(bars[0]) : bar_logs(Price{bars[i - 1].close()}, bars[i]));
    }
    return sum;
}

/// Annualised volatility of bars, each linked to the one before it.
template <class Sum>
Result<AnnualVol> estimate(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    return annual_vol(sum_over<Sum>(bars), bars_per_year);
}

}  // namespace tidemark::vol
