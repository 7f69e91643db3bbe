// The standard normal distribution.
#pragma once

#include "core/result.hpp"

namespace tidemark::stats {

inline constexpr double inverse_root_two_pi = 0.3989422804014327;  // the density at 0

/// Density at x, within 2 units in the last place also far in the tails, where squaring x rounds.
double normal_density(double x);

/// Its logarithm, -x^2/2 - ln(2 pi)/2, which does not underflow.
double normal_log_density(double x);

/// Probability of a value at or below x, to 4e-15 relative down to the smallest normal double (x = -37.5).
double normal_cdf(double x);

/// The x with normal_cdf(x) = p. Fails with out_of_domain unless 0 < p < 1.
Result<double> normal_quantile(double p);

/// Mean of the values below the p quantile, -density(q)/p: negative for p < 1/2. Fails as normal_quantile
/// does.
Result<double> normal_expected_shortfall(double p);

}  // namespace tidemark::stats
