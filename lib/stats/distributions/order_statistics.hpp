// Quantiles and tail means of a sample.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

/// Sample quantile with linear interpolation between order statistics at 1 + (n-1) p: type 7 of Hyndman and
/// Fan (1996), the default of R and NumPy. Fails with not_enough_data where empty, out_of_domain unless 0 <=
/// p <= 1 and every value is a number.
Result<double> quantile(std::span<const double> sample, double p);

/// Half way between the two in the middle where the count is even: quantile(sample, 1/2). Fails as that does.
Result<double> median(std::span<const double> sample);

/// The middle value, the upper of two: for quotes, where the answer should be one of them. Wants numbers, and
/// at least one.
double upper_median(std::vector<double> values);

/// Median absolute deviation from the median, not scaled to a standard deviation. Fails as quantile does.
Result<double> median_absolute_deviation(std::span<const double> sample);

/// Mean of the `count` smallest values. Fails with out_of_domain unless 1 <= count <= n and all are numbers.
Result<double> mean_of_smallest(std::span<const double> sample, std::size_t count);

/// Mean of the values at or below `threshold`; fails with not_enough_data where there is none.
Result<double> mean_at_or_below(std::span<const double> sample, double threshold);

}  // namespace tidemark::stats
