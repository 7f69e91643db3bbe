#include "vol/bars/ewma.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/time.hpp"
#include "vol/bars/bar_estimate.hpp"

namespace tidemark::vol {

double ewma_half_life(double lambda) {
    return std::log(0.5) / std::log(lambda);
}

double ewma_decay(double half_life_bars) {
    return std::exp2(-1.0 / half_life_bars);
}

double ewma_memory(double lambda, double tolerance) {
    return std::log(tolerance) / std::log(lambda);
}

double ewma_decay_per_bar(double daily_decay, PerYear bars_per_year) {
    return std::pow(daily_decay, days_per_year / bars_per_year.value());
}

double ewma_start(std::span<const double> bar_variances, EwmaStart start) {
    EwmaSum sum;
    sum.start = start;
    const std::size_t used = std::min(bar_variances.size(), static_cast<std::size_t>(start.length));
    for (const double variance : bar_variances.first(used)) sum.add_variance(variance);
    return used == 0 ? 0.0 : sum.start_values / sum.start_weights;
}

Result<std::vector<double>> ewma_variances(std::span<const double> returns, double lambda,
                                           double start_variance) {
    if (!(lambda > 0.0 && lambda < 1.0)) {
        return Error{Errc::out_of_range, fmt::format("want a decay between 0 and 1, got {}", lambda), "", 0};
    }
    if (!(start_variance >= 0.0 && std::isfinite(start_variance))) {
        return Error{Errc::out_of_range,
                     fmt::format("want a starting variance of at least 0, got {}", start_variance), "", 0};
    }
    if (returns.empty()) return Error{Errc::not_enough_data, "ewma wants at least 1 return, got 0", "", 0};
    std::vector<double> path{start_variance};
    path.reserve(returns.size() + 1);
    for (const double r : returns) path.push_back(ewma_step(lambda, path.back(), r * r));
    return path;
}

Result<AnnualVol> ewma(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    EwmaSum sum;
    sum.lambda = ewma_decay_per_bar(riskmetrics_daily_decay, bars_per_year);
    return annual_vol(sum_over(bars, sum), bars_per_year);
}

}  // namespace tidemark::vol
