// How likely it is that the market is in its wild regime, by its daily returns.
#pragma once

#include <cstddef>

#include "core/result.hpp"
#include "stats/regimes/variance_regimes.hpp"
#include "vol/daily/day_model.hpp"

namespace tidemark::vol {

inline constexpr std::size_t stress_min_days = 250;

using StressRegimes = stats::VarianceRegimes;

/// Two regimes of variance over the whole days. Fails with not_enough_data below stress_min_days,
/// no_convergence where the fit did not, and as fit_variance_regimes does.
Result<StressRegimes> stress_regimes(const DailyMoves& moves);

/// Of the wild regime at the end of the last whole day, or of the running day as it stands where that is
/// more. Fails as filter_variance_regimes does.
Result<double> stress_probability(const StressRegimes& regimes, const DailyMoves& moves);

}  // namespace tidemark::vol
