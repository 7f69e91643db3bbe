// Probabilities that tests report: chi-square, binomial, beta.
#pragma once

#include <cstdint>

#include "core/result.hpp"

namespace tidemark::stats {

/// Probability that chi-square with `dof` degrees of freedom is at least x; 1 for x <= 0, NaN for dof <= 0.
double chi_square_survival(double x, double dof);

/// Probability of exactly k successes in n trials of probability p (0 to 1).
double binomial_probability(std::int64_t k, std::int64_t n, double p);

/// Probability of at most k successes in n trials of probability p (0 to 1); 0 for k < 0, 1 for k >= n.
double binomial_cdf(std::int64_t k, std::int64_t n, double p);

/// Probability that a beta(a, b) variable is at most x. Fails with out_of_domain unless 0 <= x <= 1, a > 0, b
/// > 0.
Result<double> beta_cdf(double x, double a, double b);

}  // namespace tidemark::stats
