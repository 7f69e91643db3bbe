// Risk straight from a sample of returns, and filtered historical simulation: residuals of a volatility model
// put back on today's volatility. Barone-Adesi, Giannopoulos and Vosper (1999), Journal of Futures Markets
// 19(5).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

/// Positive losses, as a fraction where returns are.
struct HistoricalRisk {
    double value_at_risk;       // less the type 7 quantile
    double expected_shortfall;  // less the mean of the returns at or below that quantile
    std::size_t tail_count;     // how many those are
};

/// At tail probability p. Fails as quantile() does.
Result<HistoricalRisk> historical_risk(std::span<const double> returns, double p);

/// mean + deviation z for every residual z: tomorrow's returns. Deviation is that of one period ahead.
std::vector<double> filtered_returns(std::span<const double> residuals, double mean, double deviation);

/// Next period's variance from this period's variance and shock (return less mean): one step of the
/// volatility model, whichever it is.
using VarianceStep = std::function<double(double variance, double shock)>;

struct FilteredPath {
    std::vector<double> returns;
    double variance_after;  // of the period that follows the last return
    double cumulative;      // sum of the returns
};

/// Runs the model forward over residuals z: r = mean + sqrt(h) z, h = step(h, r - mean). Fails with
/// out_of_domain where a variance is negative or not finite.
Result<FilteredPath> filtered_path(std::span<const double> residuals, double mean, double next_variance,
                                   const VarianceStep& step);

/// Cumulative returns over `horizon` periods of `paths` paths with residuals drawn with replacement. Same
/// seed, same numbers. Fails as filtered_path does, and with not_enough_data without residuals.
Result<std::vector<double>> filtered_simulation(std::span<const double> residuals, double mean,
                                                double next_variance, const VarianceStep& step,
                                                std::size_t horizon, std::size_t paths, std::uint64_t seed);

}  // namespace tidemark::stats
