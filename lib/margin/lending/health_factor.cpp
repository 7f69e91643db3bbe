#include "margin/lending/health_factor.hpp"

#include <limits>

namespace tidemark::margin {

double health_factor(std::span<const LentCollateral> collateral, double debt) {
    if (debt <= 0.0) return std::numeric_limits<double>::infinity();
    double counted = 0.0;
    for (const LentCollateral& asset : collateral) counted += asset.value * asset.liquidation_threshold;
    return counted / debt;
}

double close_factor(const CloseFactor& rule, double health, double position_value) {
    if (health >= 1.0) return 0.0;
    const bool full = health <= rule.full_below_health || position_value < rule.full_below_value;
    return full ? 1.0 : rule.partial;
}

}  // namespace tidemark::margin
