// Ordinary least squares, with standard errors that do and do not trust the residuals.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

/// Rows of regressors, `columns` to a row, row after row.
struct Design {
    std::vector<double> values;
    std::size_t columns = 0;

    [[nodiscard]] std::size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
    [[nodiscard]] std::span<const double> row(std::size_t i) const {
        return std::span{values}.subspan(i * columns, columns);
    }
};

struct LeastSquares {
    std::vector<double> coefficients;
    std::vector<double> residuals;
    std::vector<double> standard_errors;  // residuals taken as uncorrelated and of one variance
    double residual_variance = 0.0;       // divisor rows - columns
    double r_squared = 0.0;               // about the mean of the target
};

/// By Householder QR with column pivoting. Fails with not_enough_data unless there are more rows than
/// columns, out_of_domain where columns depend on one another or a number is not finite.
Result<LeastSquares> least_squares(const Design& design, std::span<const double> target);

/// Standard errors of Newey and West (1987): Bartlett weights over `lags` lags, no prewhitening, no
/// small-sample factor. For overlapping targets take at least as many lags as they overlap. Fails as
/// least_squares does.
Result<std::vector<double>> newey_west_errors(const Design& design, std::span<const double> residuals,
                                              std::size_t lags);

}  // namespace tidemark::stats
