// Every forecaster of daily variance, run forward over a series without a look ahead.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "vol/history/day_series.hpp"

namespace tidemark::vol {

/// Parametric models are fitted again after so many days, on all days before.
inline constexpr std::size_t refit_days = 90;

struct ForecastPath {
    std::string name;
    Result<std::vector<double>> variances;  // one for each day from the first on, each made the day before
};

/// The estimators of bars; ewma and riskmetrics2006 on daily returns (-daily) and on realised variances
/// (-realized); the models of days: har with windows of 1, 7 and 30 days, fitted every day, garch
/// and its kin on daily returns, fitted every refit_days on all days before. A fit that does not converge
/// leaves the parameters of the one before. Wants 1 <= first <= days.size().
std::vector<ForecastPath> forecast_paths(const DaySeries& days, std::size_t first);

}  // namespace tidemark::vol
