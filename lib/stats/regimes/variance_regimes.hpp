// Returns whose variance switches between a calm and a wild regime, fitted by maximum likelihood.
#pragma once

#include <span>

#include "core/result.hpp"
#include "stats/regimes/regime_filter.hpp"

namespace tidemark::stats {

inline constexpr std::size_t variance_regimes_min_returns = 50;

/// Normal returns with one mean; the first regime is the one of smaller variance (unit: return squared).
struct VarianceRegimes {
    double mean;
    RegimePair variances;
    RegimeChain chain;
};

struct VarianceRegimesFit {
    VarianceRegimes model;
    double log_likelihood;
    RegimePair filtered_last;
    bool converged;
};

/// Filters returns under a given model. Fails as filter_regimes does, and with out_of_domain where a variance
/// is not above 0.
Result<RegimeFilter> filter_variance_regimes(std::span<const double> returns, const VarianceRegimes& model);

/// Expectation-maximisation (Hamilton 1990, Journal of Econometrics 45) from several starts, the best
/// finished by simplex, which also counts what the ergodic start owes to the chain. Fails with
/// not_enough_data below variance_regimes_min_returns, out_of_domain where returns are not finite or all
/// equal.
Result<VarianceRegimesFit> fit_variance_regimes(std::span<const double> returns);

}  // namespace tidemark::stats
