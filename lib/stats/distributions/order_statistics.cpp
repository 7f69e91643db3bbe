#include "stats/distributions/order_statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/errors.hpp"

namespace tidemark::stats {
namespace {

bool any_nan(std::span<const double> sample) {
    return std::any_of(sample.begin(), sample.end(), [](double x) { return std::isnan(x); });
}

}  // namespace

Result<double> quantile(std::span<const double> sample, double p) {
    if (sample.empty()) return not_enough_data("quantile wants at least 1 value, got 0");
    if (!(p >= 0.0 && p <= 1.0)) {
        return out_of_domain(fmt::format("quantile wants a probability from 0 to 1, got {}", p));
    }
    if (any_nan(sample)) return out_of_domain("quantile wants numbers, got nan");
    std::vector<double> values(sample.begin(), sample.end());
    const double position = static_cast<double>(values.size() - 1) * p;
    const auto below = static_cast<std::size_t>(std::floor(position));
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
    std::nth_element(values.begin(), at, values.end());
    const double fraction = position - static_cast<double>(below);
    if (fraction == 0.0) return *at;
    const double next = *std::min_element(at + 1, values.end());
    return *at + fraction * (next - *at);
}

Result<double> median(std::span<const double> sample) {
    return quantile(sample, 0.5);
}

double upper_median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

Result<double> median_absolute_deviation(std::span<const double> sample) {
    return median(sample).and_then([&](double centre) {
        std::vector<double> distances(sample.begin(), sample.end());
        for (double& x : distances) x = std::abs(x - centre);
        return median(distances);
    });
}

Result<double> mean_of_smallest(std::span<const double> sample, std::size_t count) {
    if (count == 0 || count > sample.size() || any_nan(sample)) {
        return out_of_domain(fmt::format("want the mean of 1 to {} numbers, got {}", sample.size(), count));
    }
    std::vector<double> smallest(count);
    std::partial_sort_copy(sample.begin(), sample.end(), smallest.begin(), smallest.end());
    return std::accumulate(smallest.begin(), smallest.end(), 0.0) / static_cast<double>(count);
}

Result<double> mean_at_or_below(std::span<const double> sample, double threshold) {
    double sum = 0.0;
    std::size_t count = 0;
    for (const double x : sample) {
        if (!(x <= threshold)) continue;
        sum += x;
        ++count;
    }
    if (count == 0) return not_enough_data(fmt::format("want a value at or below {}, got none", threshold));
    return sum / static_cast<double>(count);
}

}  // namespace tidemark::stats
