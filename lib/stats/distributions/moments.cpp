#include "stats/distributions/moments.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "core/errors.hpp"

namespace tidemark::stats {

Result<Moments> moments(std::span<const double> sample) {
    if (sample.empty()) return not_enough_data("moments want at least 1 value, got 0");
    const auto n = static_cast<double>(sample.size());
    const double rough_mean = std::accumulate(sample.begin(), sample.end(), 0.0) / n;
    if (!std::isfinite(rough_mean)) return out_of_domain("moments want finite values");
    double first = 0.0, second = 0.0, third = 0.0, fourth = 0.0;
    for (const double x : sample) {
        const double d = x - rough_mean;
        first += d;
        second += d * d;
        third += d * d * d;
        fourth += d * d * d * d;
    }
    Moments m{sample.size(), rough_mean + first / n, second / n, 0.0, 0.0};
    const double rounding = 2.0 * std::numeric_limits<double>::epsilon() * std::abs(m.mean);
    if (m.variance <= rounding * rounding) {
        m.variance = 0.0;  // all values equal: what is left is the mean's own rounding
    } else {
        m.skew = third / n / std::pow(m.variance, 1.5);
        m.excess_kurtosis = fourth / n / (m.variance * m.variance) - 3.0;
    }
    return m;
}

Result<double> sample_variance(std::span<const double> sample) {
    if (sample.size() < 2) {
        return not_enough_data(fmt::format("variance wants at least 2 values, got {}", sample.size()));
    }
    return moments(sample).and_then([](const Moments& m) -> Result<double> {
        const auto n = static_cast<double>(m.count);
        return m.variance * n / (n - 1.0);
    });
}

}  // namespace tidemark::stats
