#include "margin/dynamic_equity.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "collateral/haircut_sizing.hpp"

namespace tidemark::margin {

double confidence_charge(std::span<const Pool> pools, const market::Market& market,
                         const DynamicParams& params, std::vector<Assumption>* assumed) {
    double charge = 0.0;
    for (const Pool& pool : pools) {
        const double added = std::fabs(pool.exposure) - std::fabs(pool.balance);
        if (added <= 0.0 || params.confidence_multiple == 0.0) continue;
        const auto& price = market.asset(pool.underlying).price;
        const bool stated = price && price->source.empty();
        if (!stated && assumed != nullptr) assumed->push_back({"confidence", pool.underlying});
        if (stated) charge += params.confidence_multiple * price->confidence / price->price * added;
    }
    return charge;
}

double measured_haircut(double value, market::AssetId asset, double annual_vol, CloseOuts& close_outs,
                        const DynamicParams& params, Timestamp now) {
    if (params.measured_haircut_weight == 0.0 || !(value > 0.0)) return 0.0;
    const double spread = close_outs.of(asset, {value, 0.0, 0.0}, annual_vol, now).cost.amount / value;
    const double size = close_outs.of(asset, {0.0, value, 0.0}, annual_vol, now).cost.amount / value;
    const std::array<double, 2> haircuts{std::min(1.0, spread), std::min(1.0, size)};
    return params.measured_haircut_weight * collateral::combined_haircut(haircuts);
}

}  // namespace tidemark::margin
