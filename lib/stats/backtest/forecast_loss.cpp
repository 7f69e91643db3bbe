#include "stats/backtest/forecast_loss.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "core/errors.hpp"
#include "stats/distributions/student_t.hpp"

namespace tidemark::stats {
namespace {

/// Divisor n, about a mean already taken off.
double autocovariance(std::span<const double> centred, std::size_t lag) {
    double sum = 0.0;
    for (std::size_t t = lag; t < centred.size(); ++t) sum += centred[t] * centred[t - lag];
    return sum / static_cast<double>(centred.size());
}

/// Sum of autocovariances up to horizon - 1 lags; the weight of lag k is 1, or declines to 0 at the horizon.
double long_run_variance(std::span<const double> centred, std::size_t horizon, bool bartlett) {
    double sum = autocovariance(centred, 0);
    for (std::size_t k = 1; k < horizon; ++k) {
        const double weight = bartlett ? 1.0 - static_cast<double>(k) / static_cast<double>(horizon) : 1.0;
        sum += 2.0 * weight * autocovariance(centred, k);
    }
    return sum;
}

}  // namespace

Result<double> qlike(double variance, double forecast) {
    const double ratio = variance / forecast;
    if (!(variance > 0.0 && forecast > 0.0 && std::isfinite(ratio) && ratio > 0.0)) {
        return out_of_domain(fmt::format("qlike wants variances above 0, got {} and {}", variance, forecast));
    }
    return ratio - std::log(ratio) - 1.0;
}

Result<EqualAccuracy> diebold_mariano(std::span<const double> losses, std::span<const double> other_losses,
                                      std::size_t horizon) {
    const std::size_t count = losses.size();
    if (other_losses.size() != count) {
        return out_of_domain(
            fmt::format("want as many losses of both, got {} and {}", count, other_losses.size()));
    }
    if (horizon < 1 || count <= horizon) {
        return not_enough_data(
            fmt::format("want more than {} losses and a horizon from 1, got {}", horizon, count));
    }
    const auto n = static_cast<double>(count);
    std::vector<double> difference(count);
    for (std::size_t t = 0; t < count; ++t) difference[t] = losses[t] - other_losses[t];
    const double mean = std::accumulate(difference.begin(), difference.end(), 0.0) / n;
    for (double& d : difference) d -= mean;
    double variance = long_run_variance(difference, horizon, false);
    const bool bartlett = !(variance > 0.0);
    if (bartlett) variance = long_run_variance(difference, horizon, true);
    if (!(variance > 0.0)) return out_of_domain("want losses whose differences vary");
    const double statistic = mean / std::sqrt(variance / n);
    const auto h = static_cast<double>(horizon);
    const double corrected = statistic * std::sqrt((n + 1.0 - 2.0 * h + h * (h - 1.0) / n) / n);
    return EqualAccuracy{statistic, corrected, student_t_two_sided(corrected, n - 1.0), bartlett};
}

}  // namespace tidemark::stats
