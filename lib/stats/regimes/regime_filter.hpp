// A hidden chain of two regimes, filtered. Hamilton (1989), Econometrica 57(2); smoother of Kim (1994).
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

using RegimePair = std::array<double, 2>;

/// Probabilities that the next regime is the first, from the first and from the second.
struct RegimeChain {
    double first_to_first;
    double second_to_first;
};

/// The share of time in each regime in the long run: (p10, 1 - p00) / (1 - p00 + p10).
RegimePair ergodic(const RegimeChain& chain);

/// Mean number of periods spent in each regime at a time: 1/(1 - p00) and 1/p10; infinity where never left.
RegimePair expected_durations(const RegimeChain& chain);

/// The chain's probabilities one period on.
RegimePair next_regimes(const RegimeChain& chain, const RegimePair& now);

struct RegimeFilter {
    double log_likelihood;
    std::vector<RegimePair> predicted;  // before each observation; one more, after the last
    std::vector<RegimePair> filtered;   // after each observation
};

/// Filters the log densities of each observation under either regime. `start` is what is known before the
/// first: the ergodic probabilities where there is none. Fails with not_enough_data where empty,
/// out_of_domain where the chain's probabilities are not within 0 to 1, it has no ergodic distribution, or an
/// observation is impossible.
Result<RegimeFilter> filter_regimes(std::span<const RegimePair> log_densities, const RegimeChain& chain,
                                    std::optional<RegimePair> start = std::nullopt);

/// Probabilities given all observations, and the expected number of steps into the first regime from either.
struct RegimeSmooth {
    std::vector<RegimePair> smoothed;
    RegimePair steps_to_first;
};

RegimeSmooth smooth_regimes(const RegimeFilter& filter, const RegimeChain& chain);

}  // namespace tidemark::stats
