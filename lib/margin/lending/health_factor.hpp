// Lending: how far collateral, each asset at its liquidation threshold, covers a debt.
#pragma once

#include <span>

namespace tidemark::margin {

struct LentCollateral {
    double value = 0.0;                  // account currency
    double liquidation_threshold = 0.0;  // fraction that counts
};

/// sum(value x threshold) / debt; infinite without debt. Below 1 the position may be liquidated (Aave).
double health_factor(std::span<const LentCollateral> collateral, double debt);

struct CloseFactor {
    double partial = 0.5;
    double full_below_health = 0.95;
    double full_below_value = 2000.0;  // of the reserve position, base currency
};

/// Part of a debt that one liquidation may repay: 0 from health 1 on, then `partial`, and all of it where
/// health or the position is small (Aave v3.3).
double close_factor(const CloseFactor& rule, double health, double position_value);

/// Largest debt at a minimum collateral ratio: value / ratio (Liquity).
constexpr double max_debt(double collateral_value, double min_collateral_ratio) {
    return collateral_value / min_collateral_ratio;
}

struct ParameterBounds {
    double low = 0.0, high = 0.0;
};

/// What one update may set a parameter to: value (1 -/+ max_relative_change) (Aave's risk stewards).
constexpr ParameterBounds bounded_change(double value, double max_relative_change) {
    return {value * (1.0 - max_relative_change), value * (1.0 + max_relative_change)};
}

}  // namespace tidemark::margin
