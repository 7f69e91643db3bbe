// Value at risk corrected for skewness and kurtosis, only where the correction is a distribution.
// Cornish and Fisher (1937); domain after Maillard (2012), A user's guide to the Cornish Fisher expansion.
#pragma once

#include "core/result.hpp"
#include "stats/distributions/moments.hpp"

namespace tidemark::stats {

/// Whether the expansion rises with z everywhere: |S| <= 6 (sqrt 2 - 1) and
/// 27 K^2 - (216 + 66 S^2) K + 40 S^4 + 336 S^2 <= 0. Outside, a rarer loss can come out smaller.
bool cornish_fisher_monotone(double skew, double excess_kurtosis);

/// z + (z^2 - 1) S/6 + (z^3 - 3z) K/24 - (2z^3 - 5z) S^2/36 at z, the normal quantile of p. Fails with
/// out_of_domain unless 0 < p < 1 and the expansion is monotone.
Result<double> cornish_fisher_quantile(double p, double skew, double excess_kurtosis);

/// The loss (positive) that returns with these moments exceed with probability 1 - confidence. Fails as
/// above.
Result<double> cornish_fisher_value_at_risk(const Moments& returns, double confidence);

struct NormalRisk {
    double value_at_risk;  // positive losses
    double expected_shortfall;
};

/// The same without the correction, and the mean loss beyond it. Fails with out_of_domain unless 0 <
/// confidence < 1.
Result<NormalRisk> normal_risk(const Moments& returns, double confidence);

}  // namespace tidemark::stats
