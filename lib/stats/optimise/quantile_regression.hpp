// Linear regression of a quantile. Koenker and Bassett (1978), Econometrica 46(1). None of NLopt, Eigen and
// Boost.Math solves linear programmes; Eigen solves for the vertices.
#pragma once

#include <span>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

/// (tau - 1(y < q)) (y - q): least in expectation where q is the tau quantile of y. Koenker and Bassett
/// (1978).
double pinball(double y, double q, double tau);

struct QuantileRegression {
    std::vector<double> coefficients;  // the intercept, then one per regressor
    double objective;                  // sum of the pinball losses of the residuals, in the unit of y
};

/// Exact: walks from vertex to vertex of the linear programme, each as many observations fitted exactly as
/// there are coefficients, along the steepest edge, until none descends. Each regressor is a column as long
/// as y. Fails with not_enough_data where there are fewer observations than coefficients, out_of_domain
/// unless 0 < tau < 1 and all is finite and of one length, no_convergence where columns depend on each other.
Result<QuantileRegression> quantile_regression(std::span<const double> y,
                                               const std::vector<std::vector<double>>& regressors,
                                               double tau);

}  // namespace tidemark::stats
