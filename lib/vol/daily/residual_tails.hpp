// How far the returns of a model went beyond the volatility it foresaw: the tails that filtered historical
// simulation puts back on today's volatility (McNeil and Frey 2000, Journal of Empirical Finance 7).
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "core/result.hpp"
#include "vol/daily/day_model.hpp"

namespace tidemark::vol {

/// A generalised Pareto law of what is over the threshold.
struct PeakTail {
    double threshold = 0.0, shape = 0.0, scale = 0.0;
    std::size_t excesses = 0;
    std::optional<double> value_at_risk;       // none where that lies below the threshold
    std::optional<double> expected_shortfall;  // nor where the law has no mean
};

/// In deviations of the day, positive.
struct TailSide {
    double value_at_risk = 0.0, expected_shortfall = 0.0;  // of the residuals themselves
    std::size_t tail_count = 0;                            // residuals that is the mean of
    std::optional<PeakTail> peaks;                         // none where no law fits
};

struct ResidualTails {
    std::size_t residuals = 0;
    double mean = 0.0, deviation = 0.0, skew = 0.0, excess_kurtosis = 0.0;
    TailSide down, up;                          // falls, rises
    std::optional<double> cornish_fisher_down;  // value at risk; none outside its domain
};

inline constexpr std::size_t tails_min_residuals = 250;

/// Peaks over the `threshold` quantile of each side. Fails with not_enough_data below tails_min_residuals,
/// out_of_domain where a residual is not finite or a probability is not between 0 and 1.
Result<ResidualTails> residual_tails(std::span<const double> residuals, double confidence, double threshold);

/// Of the returns of whole days over the volatility foreseen for each: see standardised_residuals. Fails as
/// that and residual_tails do.
Result<ResidualTails> filtered_tails(const DailyMoves& moves, const GarchFit* filter, double confidence,
                                     double threshold);

}  // namespace tidemark::vol
