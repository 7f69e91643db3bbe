#include "stats/distributions/cornish_fisher.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "core/errors.hpp"
#include "stats/distributions/normal.hpp"

namespace tidemark::stats {

bool cornish_fisher_monotone(double skew, double excess_kurtosis) {
    const double s2 = skew * skew, k = excess_kurtosis;
    return std::abs(skew) <= 6.0 * (std::numbers::sqrt2 - 1.0) &&
           27.0 * k * k - (216.0 + 66.0 * s2) * k + 40.0 * s2 * s2 + 336.0 * s2 <= 0.0;
}

Result<double> cornish_fisher_quantile(double p, double skew, double excess_kurtosis) {
    if (!cornish_fisher_monotone(skew, excess_kurtosis)) {
        return out_of_domain(fmt::format(
            "the cornish-fisher expansion is not monotone at skew {}, kurtosis {}", skew, excess_kurtosis));
    }
    return normal_quantile(p).and_then([&](double z) -> Result<double> {
        return z + (z * z - 1.0) * skew / 6.0 + (z * z - 3.0) * z * excess_kurtosis / 24.0 -
               (2.0 * z * z - 5.0) * z * skew * skew / 36.0;
    });
}

Result<double> cornish_fisher_value_at_risk(const Moments& returns, double confidence) {
    return cornish_fisher_quantile(1.0 - confidence, returns.skew, returns.excess_kurtosis)
        .and_then(
            [&](double z) -> Result<double> { return -(returns.mean + z * std::sqrt(returns.variance)); });
}

Result<NormalRisk> normal_risk(const Moments& returns, double confidence) {
    const auto quantile = normal_quantile(1.0 - confidence);
    if (!quantile) return quantile.error();
    const double sd = std::sqrt(returns.variance);
    return normal_expected_shortfall(1.0 - confidence).and_then([&](double mean_below) -> Result<NormalRisk> {
        return NormalRisk{-(returns.mean + *quantile * sd), -(returns.mean + mean_below * sd)};
    });
}

}  // namespace tidemark::stats
