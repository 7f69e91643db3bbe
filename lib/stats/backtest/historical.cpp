#include "stats/backtest/historical.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "stats/distributions/order_statistics.hpp"
#include "stats/distributions/random.hpp"

namespace tidemark::stats {

Result<HistoricalRisk> historical_risk(std::span<const double> returns, double p) {
    const auto edge = quantile(returns, p);
    if (!edge) return edge.error();
    const auto in_tail = [&](double r) { return r <= *edge; };
    const auto count = static_cast<std::size_t>(std::count_if(returns.begin(), returns.end(), in_tail));
    return mean_at_or_below(returns, *edge).and_then([&](double mean_below) -> Result<HistoricalRisk> {
        return HistoricalRisk{-*edge, -mean_below, count};
    });
}

std::vector<double> filtered_returns(std::span<const double> residuals, double mean, double deviation) {
    std::vector<double> returns(residuals.begin(), residuals.end());
    for (double& r : returns) r = mean + deviation * r;
    return returns;
}

Result<FilteredPath> filtered_path(std::span<const double> residuals, double mean, double next_variance,
                                   const VarianceStep& step) {
    FilteredPath path{{}, next_variance, 0.0};
    path.returns.reserve(residuals.size());
    for (const double z : residuals) {
        if (!(path.variance_after >= 0.0 && std::isfinite(path.variance_after))) {
            return out_of_domain(fmt::format("want a variance of at least 0, got {}", path.variance_after));
        }
        const double shock = std::sqrt(path.variance_after) * z;
        path.returns.push_back(mean + shock);
        path.cumulative += mean + shock;
        path.variance_after = step(path.variance_after, shock);
    }
    return path;
}

Result<std::vector<double>> filtered_simulation(std::span<const double> residuals, double mean,
                                                double next_variance, const VarianceStep& step,
                                                std::size_t horizon, std::size_t paths, std::uint64_t seed) {
    if (residuals.empty()) return not_enough_data("simulation wants at least 1 residual, got 0");
    Uniform uniform{seed};
    std::vector<double> drawn(horizon);
    std::vector<double> sums;
    sums.reserve(paths);
    for (std::size_t i = 0; i < paths; ++i) {
        for (double& z : drawn) z = residuals[uniform.below(residuals.size())];
        const auto path = filtered_path(drawn, mean, next_variance, step);
        if (!path) return path.error();
        sums.push_back(path->cumulative);
    }
    return sums;
}

}  // namespace tidemark::stats
