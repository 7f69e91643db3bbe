#include "collateral/haircut.hpp"

#include <algorithm>

namespace tidemark::collateral {

market::View CollateralParams::view() const {
    return {par_assets,
            confidence_multiple,
            market::freshness(quote_max_age_seconds),
            market::freshness(vol_max_age_seconds),
            haircuts,
            default_haircut};
}

double unit_collateral(const market::AssetValue& value, double qty, double haircut,
                       double confidence_multiple) {
    const double margin = confidence_multiple * value.confidence;
    if (qty < 0.0) return value.price + margin;
    return std::max(0.0, value.price - margin) * (1.0 - haircut);
}

}  // namespace tidemark::collateral
