// The first fit of an SVI slice: Zeliade's quasi-explicit method (De Marco and Martini 2009).
#pragma once

#include <span>

#include "core/result.hpp"
#include "vol/svi/svi.hpp"
#include "vol/svi/svi_quotes.hpp"

namespace tidemark::vol {

/// The least squares a, b and rho for a given m and sigma, exactly: in (a, b, rho b) the problem is convex
/// and quadratic, on b (1 + |rho|) <= 2 (Lee's bound where the paper has the weaker 4) and |rho| <=
/// greatest_abs_rho. Where the best a makes the least variance negative it is held to a >= 0, as in the
/// paper. Wants a quote with weight > 0.
SviRaw quasi_explicit_slice(std::span<const VarianceQuote> quotes, double m, double sigma);

/// Nelder and Mead over m and sigma from the best of a grid, the rest by quasi_explicit_slice. Good to about
/// 1e-5 in the parameters. sigma stays above 1/200 of the span of log-moneyness.
/// Fails with not_enough_data unless two quotes differ in log-moneyness.
Result<SviRaw> quasi_explicit_fit(std::span<const VarianceQuote> quotes);

/// The smallest sigma that quotes over this span of log-moneyness can tell from 0.
double least_sigma(std::span<const VarianceQuote> quotes);

}  // namespace tidemark::vol
