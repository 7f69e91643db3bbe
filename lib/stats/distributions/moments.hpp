// Mean, variance, skewness and kurtosis of a sample.
#pragma once

#include <cstddef>
#include <span>

#include "core/result.hpp"

namespace tidemark::stats {

/// Population moments: every average has divisor n. Skewness and excess kurtosis are 0 where the variance is.
struct Moments {
    std::size_t count = 0;
    double mean = 0.0;
    double variance = 0.0;
    double skew = 0.0;
    double excess_kurtosis = 0.0;
};

/// Two passes, so that a mean far from 0 costs no digits. Fails with not_enough_data where empty,
/// out_of_domain where a value is not finite.
Result<Moments> moments(std::span<const double> sample);

/// Variance with divisor n - 1. Fails as moments does, and with not_enough_data below 2 values.
Result<double> sample_variance(std::span<const double> sample);

}  // namespace tidemark::stats
