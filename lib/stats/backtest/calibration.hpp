// Do default probabilities match the defaults that came, and how to make them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "stats/backtest/kupiec.hpp"

namespace tidemark::stats {

struct RatingGrade {
    std::int64_t accounts;
    double mean_probability;  // the forecast
    std::int64_t defaults;
};

/// Hosmer and Lemeshow (1980): sum of (O - nP)^2 / (nP (1-P)) over grades, chi-square with `dof` degrees of
/// freedom: the number of grades out of sample, two fewer in sample. Fails with not_enough_data without
/// grades, out_of_domain unless dof > 0 and in each grade 0 <= defaults <= accounts, accounts >= 1, 0 < P
/// < 1.
Result<LikelihoodRatio> hosmer_lemeshow(std::span<const RatingGrade> grades, double dof);

/// Jeffreys test of the ECB's validation instructions: the probability, given D defaults of N, that the true
/// default probability is at most the forecast: beta(D + 1/2, N - D + 1/2) at the forecast. Small: the
/// forecast is too low. Fails with out_of_domain unless the grade is as above; P may be 0 or 1.
Result<double> jeffreys_p_value(const RatingGrade& grade);

/// The non-decreasing sequence nearest to y in (weighted) least squares, by pooling adjacent violators (Ayer
/// et al. 1955). No weights: all 1. Fails with out_of_domain where weights are not above 0 or not as many as
/// y.
Result<std::vector<double>> isotonic_fit(std::span<const double> y, std::span<const double> weights = {});

}  // namespace tidemark::stats
