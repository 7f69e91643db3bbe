#include "stats/backtest/kupiec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "stats/distributions/tail_probability.hpp"

namespace tidemark::stats {
namespace {

/// k ln(observed / expected), 0 where k is.
double weighted_log_ratio(double k, double observed, double expected) {
    return k > 0.0 ? k * std::log(observed / expected) : 0.0;
}

double statistic(double failures, double days, double p) {
    const double rate = failures / days;
    const double half = weighted_log_ratio(failures, rate, p) +
                        weighted_log_ratio(days - failures, (days - failures) / days, 1.0 - p);
    return std::max(0.0, 2.0 * half);  // rounding must not make it negative
}

Status check_probability(double p) {
    if (p > 0.0 && p < 1.0) return Ok{};
    return out_of_domain(fmt::format("want a failure probability inside 0 to 1, got {}", p));
}

Status check_counts(std::int64_t failures, std::int64_t days) {
    if (days >= 1 && failures >= 0 && failures <= days) return Ok{};
    return out_of_domain(fmt::format("want 0 to {} failures in at least 1 day, got {}", days, failures));
}

}  // namespace

Result<LikelihoodRatio> proportion_of_failures(std::int64_t failures, std::int64_t days, double p) {
    if (const Status good = check_probability(p); !good) return good.error();
    if (const Status good = check_counts(failures, days); !good) return good.error();
    const double lr = statistic(static_cast<double>(failures), static_cast<double>(days), p);
    return LikelihoodRatio{lr, chi_square_survival(lr, 1.0)};
}

Result<double> proportion_of_failures_exact_p(std::int64_t failures, std::int64_t days, double p) {
    const auto seen = proportion_of_failures(failures, days, p);
    if (!seen) return seen.error();
    // Counts with mathematically equal statistics belong in the tail though rounding parts them.
    const double at_least = seen->statistic * (1.0 - 1e-12);
    double probability = 0.0;
    for (std::int64_t x = 0; x <= days; ++x) {
        if (statistic(static_cast<double>(x), static_cast<double>(days), p) >= at_least) {
            probability += binomial_probability(x, days, p);
        }
    }
    return std::min(1.0, probability);
}

Result<NonRejection> proportion_of_failures_region(std::int64_t days, double p, double critical) {
    if (const Status good = check_probability(p); !good) return good.error();
    if (const Status good = check_counts(0, days); !good) return good.error();
    const auto accepted = [&](std::int64_t x) {
        return statistic(static_cast<double>(x), static_cast<double>(days), p) < critical;
    };
    std::int64_t first = 0;
    while (first <= days && !accepted(first)) ++first;
    if (first > days)
        return out_of_domain(fmt::format("no count is accepted at critical value {}", critical));
    std::int64_t last = first;
    while (last < days && accepted(last + 1)) ++last;
    return NonRejection{first - 1, last + 1};
}

Result<LikelihoodRatio> time_until_first_failure(double first_failure, double p) {
    if (const Status good = check_probability(p); !good) return good.error();
    if (!(first_failure >= 1.0 && std::isfinite(first_failure))) {
        return out_of_domain(fmt::format("want a first failure on day 1 or later, got {}", first_failure));
    }
    const double lr = statistic(1.0, first_failure, p);
    return LikelihoodRatio{lr, chi_square_survival(lr, 1.0)};
}

}  // namespace tidemark::stats
