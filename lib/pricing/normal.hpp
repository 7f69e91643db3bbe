// The standard normal distribution, accurate in relative terms far into the tails.
#pragma once

namespace tidemark::pricing {

inline constexpr double inv_root_two_pi = 0.3989422804014327;  // phi(0)

/// exp(-z^2/2) / sqrt(2 pi), within 4e-16 relative wherever the result is a normal double.
double normal_pdf(double z);

/// Probability below z, within 1e-15 relative down to z = -37.
double normal_cdf(double z);

/// The z below which probability p lies: -inf at 0, inf at 1, NaN outside.
double normal_quantile(double p);

}  // namespace tidemark::pricing
