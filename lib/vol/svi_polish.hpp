// The last digits of an SVI fit, and its price in fit where the density has to be held up.
#pragma once

#include <span>

#include "vol/svi.hpp"
#include "vol/svi_quotes.hpp"

namespace tidemark::vol {

/// Where the butterfly density is pushed above `least`, by `stiffness` times its squared shortfall.
struct DensityFloor {
    std::span<const double> log_moneyness;
    double least = 0.0;
    double stiffness = 0.0;
};

/// Levenberg and Marquardt over the five parameters, each step projected onto what check(slice) and Lee's
/// bound allow. Never worse than start in weighted_squared_error plus the floor's penalty.
SviRaw polish(std::span<const VarianceQuote> quotes, const DensityFloor& floor, const SviRaw& start);

}  // namespace tidemark::vol
