// Do failures come in clusters? Christoffersen (1998), International Economic Review 39(4).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "stats/backtest/kupiec.hpp"

namespace tidemark::stats {

/// How often a day in state i (0 no failure, 1 failure) was followed by a day in state j.
struct TransitionCounts {
    std::int64_t n00 = 0;
    std::int64_t n01 = 0;
    std::int64_t n10 = 0;
    std::int64_t n11 = 0;
};

/// Counts over consecutive days; other than 0 is a failure.
TransitionCounts transition_counts(std::span<const int> failed);

/// Whether the sample can say anything about clustering.
enum class ClusterEvidence {
    ok,
    no_exceptions,    // never failed: statistic 0
    isolated,         // no failure followed another: the statistic stands, with 0 ln 0 = 0
    only_exceptions,  // always failed: statistic 0
};

std::string_view cluster_evidence_name(ClusterEvidence evidence);

struct Independence {
    LikelihoodRatio test;
    ClusterEvidence evidence;
};

/// First-order Markov alternative against independence, 1 degree of freedom. Fails with out_of_domain where a
/// count is negative or all are 0.
Result<Independence> independence(const TransitionCounts& counts);

/// Independence and proportion of failures together, 2 degrees of freedom. Fails as either does.
Result<LikelihoodRatio> conditional_coverage(const TransitionCounts& counts, std::int64_t failures,
                                             std::int64_t days, double p);

}  // namespace tidemark::stats
