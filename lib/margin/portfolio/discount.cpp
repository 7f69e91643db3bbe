#include "margin/portfolio/discount.hpp"

#include <algorithm>
#include <cmath>

namespace tidemark::margin {
namespace {

double rate_of(const ExpiryLegs& expiry) {
    return std::max(expiry.rate, 0.0);
}

double exponent(const ExpiryLegs& expiry, const StaticDiscount& discount) {
    return expiry.years() * (rate_of(expiry) * discount.rate_multiple + discount.rate_add);
}

}  // namespace

double discount_factor(const ExpiryLegs& expiry, const ScenarioRule& rule) {
    return rule.discount_at_rate ? std::exp(-rate_of(expiry) * expiry.years()) : 1.0;
}

StaticFactors static_factors(const ExpiryLegs& expiry, const ScenarioRule& rule) {
    const double gain = rule.gain_discount.base * std::exp(-exponent(expiry, rule.gain_discount));
    const double loss = rule.loss_discount.base * std::exp(exponent(expiry, rule.loss_discount));
    return {gain, std::min(1.0 / discount_factor(expiry, rule), loss)};
}

}  // namespace tidemark::margin
