// What a forecast costs, and whether one forecast costs less than another.
#pragma once

#include <cstddef>
#include <span>

#include "core/result.hpp"

namespace tidemark::stats {

/// v/h - ln(v/h) - 1 of variance v forecast as h: 0 where right, harder on forecasts that are too low. Robust
/// to noise in the proxy v. Patton (2011), Journal of Econometrics 160(1). Fails with out_of_domain unless
/// both are above 0 and finite.
Result<double> qlike(double variance, double forecast);

struct EqualAccuracy {
    double statistic;     // positive: the first series of losses is larger
    double small_sample;  // the same, corrected for short samples
    double p_value;       // two-sided, of small_sample
    bool bartlett;  // the rectangular kernel gave a variance not above 0, so declining weights were used
};

/// Diebold and Mariano (1995), JBES 13(3), on the differences of two series of losses `horizon` steps ahead:
/// mean over the root of its long-run variance with horizon - 1 lags. Corrected and compared with Student's t
/// of n - 1 degrees of freedom after Harvey, Leybourne and Newbold (1997), IJF 13(2). Not valid for nested
/// models. Fails with not_enough_data unless n > horizon >= 1, out_of_domain where lengths differ or all
/// differences are equal.
Result<EqualAccuracy> diebold_mariano(std::span<const double> losses, std::span<const double> other_losses,
                                      std::size_t horizon);

}  // namespace tidemark::stats
