// From the variance of one bar to the volatility of a year, on a market that never closes.
#pragma once

#include <cstdint>

#include "core/measure.hpp"
#include "core/result.hpp"

namespace tidemark::vol {

/// How many bars of this length a year of 365 days of 24 hours holds: 1m 525600, 1h 8760, 1d 365.
/// Fails with out_of_range where the length is not above 0.
Result<PerYear> bars_per_year(std::int64_t bar_ms);

/// sqrt(variance per bar x bars in a year). Bars are taken as uncorrelated.
AnnualVol annualise(double variance_per_bar, PerYear bars_per_year);

/// The variance of one bar that an annual volatility stands for; undoes annualise.
double variance_per_bar(AnnualVol annual_vol, PerYear bars_per_year);

}  // namespace tidemark::vol
