// The heterogeneous autoregression of realised variance: Corsi (2009), Journal of Financial Econometrics
// 7(2).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "stats/optimise/least_squares.hpp"

namespace tidemark::vol {

enum class HarScale { level, sqrt, log };  // what the regression sees of each variance

struct HarSpec {
    std::vector<std::size_t> windows = {1, 5, 22};  // periods; 1, 7, 30 where the market never closes
    HarScale scale = HarScale::level;
    std::size_t horizon = 1;  // the target is the mean variance of the next `horizon` periods
};

/// The windows of a market that trades seven days a week.
inline HarSpec har_crypto(HarScale scale) {
    return {{1, 7, 30}, scale, 1};
}

/// Realised measures of each period, oldest first. The optional ones are empty or as long as `variance`.
struct HarSeries {
    std::span<const double> variance;  // the target
    std::span<const double> down;      // semivariances: they stand in for the first window
    std::span<const double> up;
    std::span<const double>
        jump;  // jump variance of the period, a regressor of its own; ln(1 + J) on log scale
};

struct HarFit {
    stats::LeastSquares
        ols;  // on the scale of the spec; the constant comes first, then the windows, jump last
    std::vector<double> hac_errors;  // Newey-West, max(5, horizon) lags
    double forecast = 0.0;           // mean variance of the next `horizon` periods
    std::size_t rows = 0;
};

/// Mean of the `window` variances that end with the one at `last`. Wants window >= 1 and last < size, and at
/// least that many variances up to there.
double trailing_mean(std::span<const double> variances, std::size_t last, std::size_t window);

/// Regresses
///
///     f(V_{t+1}) = b0 + sum_w b_w f(mean of the last w variances)
///
/// and forecasts from the last period. The forecast is brought back with the residual variance s^2 (level: as
/// is; sqrt: y^2 + s^2; log: exp(y + s^2/2)), and is never below the smallest variance seen.
/// Fails with not_enough_data where the longest window and the horizon leave too few rows, out_of_range where
/// spec or series make no sense (a window of 0, lengths that differ, a negative variance, 0 on log scale),
/// out_of_domain where regressors depend on one another.
Result<HarFit> har(const HarSeries& series, const HarSpec& spec = {});

/// What the regression says of the days after other ones than those it was fitted to. Fails as har does, and
/// with not_enough_data below the longest window.
Result<double> har_forecast(const stats::LeastSquares& ols, const HarSeries& series, const HarSpec& spec);

}  // namespace tidemark::vol
