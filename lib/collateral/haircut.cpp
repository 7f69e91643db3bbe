#include "collateral/haircut.hpp"

#include <algorithm>
#include <cmath>

namespace tidemark::collateral {

market::View CollateralParams::view() const {
    const auto ms = [](double seconds) { return static_cast<std::int64_t>(std::llround(seconds * 1000.0)); };
    return {par_assets, confidence_multiple, ms(quote_max_age_seconds), ms(vol_max_age_seconds)};
}

double CollateralParams::haircut(std::string_view asset) const {
    const auto found = haircuts.find(asset);
    return found == haircuts.end() ? default_haircut : found->second;
}

double unit_collateral(const market::AssetValue& value, double qty, double haircut,
                       double confidence_multiple) {
    const double margin = confidence_multiple * value.confidence;
    if (qty < 0.0) return value.price + margin;
    return std::max(0.0, value.price - margin) * (1.0 - haircut);
}

}  // namespace tidemark::collateral
