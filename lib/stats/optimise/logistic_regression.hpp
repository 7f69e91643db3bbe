// Probability of a yes or no from regressors, with elastic-net penalty. Friedman, Hastie and Tibshirani
// (2010), Journal of Statistical Software 33(1). Written out, as no method of NLopt leaves the exact zeros
// that an l1 penalty is there for.
#pragma once

#include <span>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

/// penalty ((1 - l1_ratio)/2 |b|^2 + l1_ratio |b|_1), not on the intercept.
struct ElasticNet {
    double penalty;
    double l1_ratio;  // 0 is ridge, 1 lasso
};

struct LogisticRegression {
    double intercept;
    std::vector<double> coefficients;  // in the regressors' own units: nothing is standardised
    double objective;                  // mean log loss and penalty
};

/// 1/(1 + exp(-(intercept + b x))); x as long as the coefficients.
double logistic_probability(const LogisticRegression& model, std::span<const double> x);

/// Least mean log loss plus penalty, by coordinate descent on its quadratic approximation with a step halved
/// until it descends; exact zeros under l1. Rows are observations, outcomes 0 or 1. Fails with
/// not_enough_data where empty, out_of_domain where sizes differ, an outcome is neither 0 nor 1, a value is
/// not finite, penalty < 0 or l1_ratio is not within 0 to 1; no_convergence where outcomes separate without
/// penalty.
Result<LogisticRegression> fit_logistic(const std::vector<std::vector<double>>& rows,
                                        std::span<const int> outcomes, const ElasticNet& net);

}  // namespace tidemark::stats
