#include "stats/regimes/normal_regimes.hpp"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "core/errors.hpp"
#include "stats/distributions/normal.hpp"

namespace tidemark::stats {
namespace {

/// means(t, s) is what regime s expects of y[t].
template <class Means>
Result<RegimeFilter> filter_about(std::span<const double> y, const Means& means, const RegimePair& deviations,
                                  const RegimeChain& chain, std::optional<RegimePair> start) {
    if (!(deviations[0] > 0.0 && deviations[1] > 0.0)) {
        return out_of_domain(
            fmt::format("want deviations above 0, got {} and {}", deviations[0], deviations[1]));
    }
    const RegimePair log_deviations{std::log(deviations[0]), std::log(deviations[1])};
    std::vector<RegimePair> log_densities(y.size());
    for (std::size_t t = 0; t < y.size(); ++t) {
        for (std::size_t s = 0; s < 2; ++s) {
            log_densities[t][s] =
                normal_log_density((y[t] - means(t, s)) / deviations[s]) - log_deviations[s];
        }
    }
    return filter_regimes(log_densities, chain, start);
}

}  // namespace

Result<RegimeFilter> filter_normal_regimes(std::span<const double> y, const NormalRegimes& regimes,
                                           std::optional<RegimePair> start) {
    const auto mean = [&](std::size_t, std::size_t s) { return regimes.means[s]; };
    return filter_about(y, mean, regimes.deviations, regimes.chain, start);
}

Result<RegimeFilter> filter_autoregressive_regimes(std::span<const double> y,
                                                   const AutoregressiveRegimes& regimes,
                                                   std::optional<RegimePair> start) {
    if (y.size() < 2) {
        return not_enough_data(fmt::format("autoregression wants at least 2 observations, got {}", y.size()));
    }
    const auto mean = [&](std::size_t t, std::size_t s) {
        return regimes.intercepts[s] + regimes.slopes[s] * y[t];  // y[t] is the one before y.subspan(1)[t]
    };
    return filter_about(y.subspan(1), mean, regimes.deviations, regimes.chain, start);
}

}  // namespace tidemark::stats
