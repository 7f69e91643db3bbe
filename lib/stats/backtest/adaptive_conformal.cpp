#include "stats/backtest/adaptive_conformal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors.hpp"

namespace tidemark::stats {

double next_tail_probability(double alpha, double target, double gain, bool breach) {
    return alpha + gain * (target - (breach ? 1.0 : 0.0));
}

std::vector<double> tail_probability_path(double start, double target, double gain,
                                          std::span<const int> breaches) {
    std::vector<double> path;
    path.reserve(breaches.size());
    double alpha = start;
    for (const int breach : breaches) {
        alpha = next_tail_probability(alpha, target, gain, breach != 0);
        path.push_back(alpha);
    }
    return path;
}

Result<double> coverage_bound(double start, double gain, std::size_t days) {
    if (!(gain > 0.0 && days >= 1 && start >= 0.0 && start <= 1.0)) {
        return out_of_domain(
            fmt::format("want gain > 0, days >= 1, start from 0 to 1; got {}, {}, {}", gain, days, start));
    }
    return (std::max(start, 1.0 - start) + gain) / (gain * static_cast<double>(days));
}

}  // namespace tidemark::stats
