// The last digits of an SVI fit. Written out, as NLopt has no method for sums of squares, and Eigen's
// Levenberg and Marquardt stands among its unsupported modules and knows no bounds; Eigen solves for each
// step.
#pragma once

#include <span>

#include "vol/svi/svi.hpp"
#include "vol/svi/svi_quotes.hpp"

namespace tidemark::vol {

/// Levenberg and Marquardt over the five parameters, each step projected onto what check(slice) and Lee's
/// bound allow. Never worse than start in weighted_squared_error.
SviRaw polish(std::span<const VarianceQuote> quotes, const SviRaw& start);

}  // namespace tidemark::vol
