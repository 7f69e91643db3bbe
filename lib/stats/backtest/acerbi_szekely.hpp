// Is expected shortfall deep enough? Acerbi and Szekely (2014), Risk, December: tests 1 and 2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

struct ShortfallScores {
    std::optional<double> z1;  // none without an exception: the mean over exceptions does not exist
    double z2 = 0.0;
    std::size_t exceptions = 0;
};

/// Scores of `pnl` against forecast value at risk and expected shortfall, both positive losses at tail
/// probability alpha. An exception is pnl + value_at_risk < 0; over the N exceptions of T days:
///
///     Z1 = sum(pnl / shortfall) / N + 1,    Z2 = sum(pnl / shortfall) / (T alpha) + 1
///
/// Both are 0 on average for a right model, negative where losses were underestimated. Fails with
/// not_enough_data where empty, out_of_domain where lengths differ, a shortfall is not above 0 or alpha is
/// not inside 0 to 1.
Result<ShortfallScores> shortfall_scores(std::span<const double> pnl, std::span<const double> value_at_risk,
                                         std::span<const double> shortfall, double alpha);

enum class ShortfallTest { z1, z2 };

/// What the simulation needs to know of the model's distribution: its quantile and the mean below the alpha
/// one.
struct TailModel {
    std::function<double(double p)> quantile;
    double mean_below;
};

TailModel normal_tail(double alpha);
/// Fails with out_of_domain unless dof > 2.
Result<TailModel> student_tail(double alpha, double dof);

/// The values that the score of a right model falls below with each of `probabilities`, from `paths`
/// simulated samples of `days` days. Fails with out_of_domain unless 0 < alpha < 1/2, the probabilities are
/// within 0 to 1, days and paths are at least 1, and the tail has a negative mean.
Result<std::vector<double>> shortfall_critical_values(ShortfallTest test, const TailModel& tail,
                                                      std::size_t days, double alpha,
                                                      std::span<const double> probabilities,
                                                      std::size_t paths, std::uint64_t seed);

}  // namespace tidemark::stats
