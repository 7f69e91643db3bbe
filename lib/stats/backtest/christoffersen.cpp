#include "stats/backtest/christoffersen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "stats/distributions/tail_probability.hpp"

namespace tidemark::stats {
namespace {

/// ln of the likelihood of `hits` in hits + misses at the rate that fits best, 0 ln 0 = 0.
double best_log_likelihood(std::int64_t misses, std::int64_t hits) {
    const auto total = static_cast<double>(misses + hits);
    const auto part = [total](std::int64_t count) {
        const auto k = static_cast<double>(count);
        return count > 0 ? k * std::log(k / total) : 0.0;
    };
    return part(misses) + part(hits);
}

ClusterEvidence evidence_of(const TransitionCounts& n) {
    if (n.n01 == 0 && n.n10 == 0 && n.n11 == 0) return ClusterEvidence::no_exceptions;
    if (n.n00 == 0 && n.n01 == 0 && n.n10 == 0) return ClusterEvidence::only_exceptions;
    return n.n11 == 0 ? ClusterEvidence::isolated : ClusterEvidence::ok;
}

}  // namespace

TransitionCounts transition_counts(std::span<const int> failed) {
    TransitionCounts n;
    for (std::size_t i = 1; i < failed.size(); ++i) {
        std::int64_t& row_miss = failed[i - 1] != 0 ? n.n10 : n.n00;
        std::int64_t& row_hit = failed[i - 1] != 0 ? n.n11 : n.n01;
        ++(failed[i] != 0 ? row_hit : row_miss);
    }
    return n;
}

std::string_view cluster_evidence_name(ClusterEvidence evidence) {
    switch (evidence) {
        case ClusterEvidence::ok:
            return "ok";
        case ClusterEvidence::no_exceptions:
            return "no_exceptions";
        case ClusterEvidence::isolated:
            return "isolated";
        case ClusterEvidence::only_exceptions:
            return "only_exceptions";
    }
    return "ok";
}

Result<Independence> independence(const TransitionCounts& counts) {
    const TransitionCounts& n = counts;
    const auto [least, most] = std::minmax({n.n00, n.n01, n.n10, n.n11});
    if (least < 0 || most == 0) {
        return out_of_domain(
            fmt::format("want transition counts of at least 0 and not all 0, got {} {} {} {}", n.n00, n.n01,
                        n.n10, n.n11));
    }
    const double chained = best_log_likelihood(n.n00, n.n01) + best_log_likelihood(n.n10, n.n11);
    const double lr = std::max(0.0, 2.0 * (chained - best_log_likelihood(n.n00 + n.n10, n.n01 + n.n11)));
    return Independence{{lr, chi_square_survival(lr, 1.0)}, evidence_of(n)};
}

Result<LikelihoodRatio> conditional_coverage(const TransitionCounts& counts, std::int64_t failures,
                                             std::int64_t days, double p) {
    const auto chained = independence(counts);
    if (!chained) return chained.error();
    return proportion_of_failures(failures, days, p)
        .and_then([&](const LikelihoodRatio& coverage) -> Result<LikelihoodRatio> {
            const double lr = coverage.statistic + chained->test.statistic;
            return LikelihoodRatio{lr, chi_square_survival(lr, 2.0)};
        });
}

}  // namespace tidemark::stats
