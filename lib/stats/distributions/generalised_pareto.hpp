// Excesses over a high threshold: the generalised Pareto distribution. Pickands (1975); McNeil, Frey,
// Embrechts, Quantitative Risk Management, chapter 5.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

/// P(Y > y) = (1 + shape y / scale)^(-1/shape); exp(-y / scale) where shape is 0. scale has the unit of the
/// excess.
struct GeneralisedPareto {
    double shape;
    double scale;
};

struct ParetoFit {
    GeneralisedPareto law;
    std::size_t count;
    double negative_log_likelihood;
};

/// What exceeds the threshold, less the threshold.
std::vector<double> excesses(std::span<const double> losses, double threshold);

inline constexpr std::size_t pareto_min_excesses = 5;

/// Maximum likelihood by the profile of Grimshaw (1993), Technometrics 35(2): one unknown, shape/scale, whose
/// local optima are all bracketed on a grid, so the search cannot stop early. Shapes below -1, where the
/// likelihood has no bound, are not considered. Fails with not_enough_data below pareto_min_excesses,
/// out_of_domain where an excess is not above 0, no_convergence where the likelihood rises to the end of the
/// range.
Result<ParetoFit> fit_generalised_pareto(std::span<const double> excesses);

struct ParetoErrors {
    double shape;
    double scale;
};

/// Standard errors from the curvature of the likelihood at `law`. Fails with no_convergence where that is not
/// that of a minimum.
Result<ParetoErrors> observed_errors(const GeneralisedPareto& law, std::span<const double> excesses);

/// Standard errors from the expected information of `count` excesses: shape (1 + xi)/sqrt(n), scale
/// beta sqrt(2 (1 + xi)/n). Fails with out_of_domain unless shape > -1/2, where they exist.
Result<ParetoErrors> expected_errors(const GeneralisedPareto& law, std::size_t count);

enum class TailStatus {
    ok,
    infinite_mean,    // shape of 1 or more: there is no expected shortfall
    below_threshold,  // the quantile lies in the body, of which the law says nothing: no figures
};

std::string_view tail_status_name(TailStatus status);

/// Peaks over threshold: `count` of `total` losses exceed `threshold`, by this law.
struct PeaksOverThreshold {
    GeneralisedPareto law;
    double threshold;
    std::size_t total;
    std::size_t count;
};

struct TailRisk {
    TailStatus status;
    double value_at_risk;       // NaN where below_threshold
    double expected_shortfall;  // NaN unless ok
};

/// VaR = u + beta/xi ((N/n (1-q))^-xi - 1), ES = (VaR + beta - xi u)/(1 - xi) (McNeil 1997); xi = 0 is the
/// limit. Fails with out_of_domain unless 0 < q < 1, scale > 0 and 1 <= count <= total.
Result<TailRisk> tail_risk(const PeaksOverThreshold& tail, double q);

}  // namespace tidemark::stats
