// How good forecasts of daily variance were.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "stats/backtest/forecast_loss.hpp"
#include "vol/history/day_series.hpp"

namespace tidemark::vol {

struct ForecastScore {
    std::vector<double> losses;                            // QLIKE of each day
    double qlike = 0.0;                                    // their mean
    double mse = 0.0;                                      // mean squared error of the variance
    double bias = 0.0;                                     // mean forecast over mean realised variance
    double intercept = 0.0, slope = 0.0, r_squared = 0.0;  // Mincer and Zarnowitz (1969): v = a + b h
    std::int64_t failures = 0;                             // returns below the 1 % quantile of N(0, h)
    double kupiec_p = 0.0;
    double independence_p = 0.0, coverage_p = 0.0;  // Christoffersen (1998)
};

inline constexpr double forecast_var_probability = 0.01;

/// Fails with out_of_domain where lengths differ, a variance or forecast is not above 0, or forecasts do not
/// vary; not_enough_data below 3 days.
Result<ForecastScore> forecast_score(std::span<const double> forecasts, std::span<const double> variances,
                                     std::span<const double> returns);

struct Contender {
    std::string name;
    Result<ForecastScore> score;
    std::optional<stats::EqualAccuracy> against_best;  // Diebold and Mariano on QLIKE; none for the best
};

struct ForecastContest {
    std::vector<Contender> ranking;  // least QLIKE first, those without a score last
    std::int64_t days = 0;           // judged
    std::int64_t training_days = 0;  // before them, only learnt from
};

inline constexpr std::size_t contest_training_days = 400;
inline constexpr std::size_t contest_min_days = 250;

/// All of forecast_paths, one day ahead, judged from day contest_training_days on (half the days where there
/// are not twice as many). Fails with not_enough_data below contest_min_days.
Result<ForecastContest> forecast_contest(const DaySeries& days);

}  // namespace tidemark::vol
