// Two regimes with normal observations: switching means, and switching autoregressions.
#pragma once

#include <optional>
#include <span>

#include "core/result.hpp"
#include "stats/regimes/regime_filter.hpp"

namespace tidemark::stats {

/// y = mean_s + deviation_s z in regime s.
struct NormalRegimes {
    RegimePair means;
    RegimePair deviations;
    RegimeChain chain;
};

/// Fails as filter_regimes does, and with out_of_domain where a deviation is not above 0.
Result<RegimeFilter> filter_normal_regimes(std::span<const double> y, const NormalRegimes& regimes,
                                           std::optional<RegimePair> start = std::nullopt);

/// y_t = intercept_s + slope_s y_{t-1} + deviation_s z in regime s.
struct AutoregressiveRegimes {
    RegimePair intercepts;
    RegimePair slopes;
    RegimePair deviations;
    RegimeChain chain;
};

/// From the second observation on, given the first. Fails as filter_normal_regimes does; not_enough_data
/// below 2.
Result<RegimeFilter> filter_autoregressive_regimes(std::span<const double> y,
                                                   const AutoregressiveRegimes& regimes,
                                                   std::optional<RegimePair> start = std::nullopt);

}  // namespace tidemark::stats
