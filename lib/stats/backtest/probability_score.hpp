// How good are probabilities of a yes or no? Outcomes are 0 or 1, forecasts probabilities of 1.
#pragma once

#include <span>

#include "core/result.hpp"

namespace tidemark::stats {

/// Probability that a random 1 has a higher score than a random 0, ties half: the area under the ROC curve
/// (Mann and Whitney 1947). Any numbers serve as scores. Fails with out_of_domain where lengths differ, an
/// outcome is neither 0 nor 1 or a score is NaN; not_enough_data without at least one of each outcome.
Result<double> area_under_curve(std::span<const int> outcomes, std::span<const double> scores);

/// Mean of (p - y)^2. Brier (1950). Fails with not_enough_data where empty, out_of_domain where lengths
/// differ, an outcome is neither 0 nor 1 or p is not within 0 to 1.
Result<double> brier_score(std::span<const int> outcomes, std::span<const double> probabilities);

/// Mean of -ln(probability given to what happened); infinite where that was 0. Fails as brier_score does.
Result<double> log_loss(std::span<const int> outcomes, std::span<const double> probabilities);

/// brier = reliability - resolution + uncertainty, exact because groups are of identical forecasts. Murphy
/// (1973).
struct BrierParts {
    double brier;
    double reliability;  // mean square distance of a group's forecast from how often it came true
    double resolution;   // mean square distance of that from the base rate
    double uncertainty;  // base rate (1 - base rate)
};

/// Fails as brier_score does.
Result<BrierParts> brier_decomposition(std::span<const int> outcomes, std::span<const double> probabilities);

}  // namespace tidemark::stats
