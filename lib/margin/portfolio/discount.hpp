// How the value of an expiry is discounted: at its rate, and further in scenarios.
#pragma once

#include "margin/portfolio/underlying_legs.hpp"

namespace tidemark::margin {

/// exp(-max(rate, 0) years), or 1 where the rule does not discount.
double discount_factor(const ExpiryLegs& expiry, const ScenarioRule& rule);

/// What the shocked value of an expiry is multiplied by where it is positive, and where negative (Derive PMRM
/// 2: the second is at most 1 / discount_factor).
struct StaticFactors {
    double gain, loss;
};

StaticFactors static_factors(const ExpiryLegs& expiry, const ScenarioRule& rule);

}  // namespace tidemark::margin
