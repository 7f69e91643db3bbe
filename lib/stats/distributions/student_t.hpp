// Student's t scaled to unit variance, as volatility models use it.
#pragma once

#include "core/result.hpp"

namespace tidemark::stats {

/// Log density at z with `dof` degrees of freedom, above 2 (NaN otherwise):
///
///     ln G((v+1)/2) - ln G(v/2) - ln(pi (v-2))/2 - (v+1)/2 ln(1 + z^2/(v-2))
double student_t_log_density(double z, double dof);

/// Quantile and mean below it of the unit-variance t: both negative for p < 1/2.
struct StudentTTail {
    double quantile;
    double expected_shortfall;
};

/// ES = -(v + t^2)/(v-1) f(t)/p sqrt((v-2)/v) with f and t of the unscaled distribution (McNeil, Frey,
/// Embrechts, Quantitative Risk Management, 2.2.4). Fails with out_of_domain unless 0 < p < 1 and 2 < dof <
/// infinity.
Result<StudentTTail> student_t_tail(double p, double dof);

/// Two-sided probability that the unscaled t with `dof` degrees of freedom is further from 0 than t.
double student_t_two_sided(double t, double dof);

}  // namespace tidemark::stats
