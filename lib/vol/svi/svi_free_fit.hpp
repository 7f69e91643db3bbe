// The best SVI fit among slices free of butterfly arbitrage.
#pragma once

#include <span>

#include "core/result.hpp"
#include "vol/svi/svi.hpp"
#include "vol/svi/svi_quotes.hpp"

namespace tidemark::vol {

/// The best slice with natural parameters (0, 0, rho, theta, phi) inside theorem 4.2 of Gatheral and Jacquier
/// (2014): free whatever the quotes, and the place to start from where the best fit of all is not.
/// Fails with not_enough_data unless two quotes differ in log-moneyness.
Result<SviRaw> ssvi_slice_fit(std::span<const VarianceQuote> quotes);

/// Least weighted_squared_error with check_butterfly free: sequential quadratic programming from
/// ssvi_slice_fit with the density held above 0 at points in and around the quotes, and again with the points
/// added where it still falls below. What is left of a violation is taken out by drawing the slice to one
/// that is free. Fails as ssvi_slice_fit does.
Result<SviRaw> free_fit(std::span<const VarianceQuote> quotes);

}  // namespace tidemark::vol
