// Does value at risk fail as often as it says? Kupiec (1995), Journal of Derivatives 3(2).
#pragma once

#include <cstdint>

#include "core/result.hpp"

namespace tidemark::stats {

struct LikelihoodRatio {
    double statistic;
    double p_value;  // from the chi-square that the statistic tends to
};

/// Proportion of failures: `failures` in `days` against probability p, 1 degree of freedom, 0 ln 0 = 0:
///
///     -2 ln[ (1-p)^(T-x) p^x / ((1-x/T)^(T-x) (x/T)^x) ]
///
/// No failure gives -2 T ln(1-p). Fails with out_of_domain unless 0 <= failures <= days, days >= 1, 0 < p
/// < 1.
Result<LikelihoodRatio> proportion_of_failures(std::int64_t failures, std::int64_t days, double p);

/// Probability, under the binomial and not its limit, of a statistic at least as large as the one seen.
/// Chi-square is poor at p = 1 % and 250 days. Fails as proportion_of_failures does.
Result<double> proportion_of_failures_exact_p(std::int64_t failures, std::int64_t days, double p);

/// Failures that the test does not reject: above < x < below, both ends open. above is -1 where 0 is
/// accepted.
struct NonRejection {
    std::int64_t above;
    std::int64_t below;
};

/// The counts whose statistic is under `critical` (3.841 is 95 %). Fails as proportion_of_failures does, and
/// where no count is accepted.
Result<NonRejection> proportion_of_failures_region(std::int64_t days, double p, double critical);

/// Time until first failure, on day v >= 1 (may be fractional), 1 degree of freedom:
///
///     -2 ln[ p (1-p)^(v-1) / ((1/v) (1-1/v)^(v-1)) ]
///
/// Fails with out_of_domain unless v >= 1 and 0 < p < 1.
Result<LikelihoodRatio> time_until_first_failure(double first_failure, double p);

}  // namespace tidemark::stats
