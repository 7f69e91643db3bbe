#include "margin/dynamic/equity.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "collateral/haircut_sizing.hpp"

namespace tidemark::margin {

double confidence_charge(std::span<const UnderlyingSet> sets, const market::Market& market,
                         const DynamicParams& params, std::vector<Assumption>* assumed) {
    double charge = 0.0;
    for (const UnderlyingSet& set : sets) {
        const double added = std::fabs(set.exposure) - std::fabs(set.balance);
        if (added <= 0.0 || params.confidence_multiple == 0.0) continue;
        const auto& price = market.asset(set.underlying).price;
        const bool stated = price && market.asset(set.underlying).stated;
        if (!stated && assumed != nullptr) assumed->push_back({Assumed::confidence, set.underlying});
        if (stated) charge += params.confidence_multiple * price->confidence / price->price * added;
    }
    return charge;
}

double measured_haircut(double value, market::AssetId asset, double annual_vol,
                        liquidity::CloseOuts& close_outs, const DynamicParams& params, Timestamp now) {
    if (params.measured_haircut_weight == 0.0 || !(value > 0.0)) return 0.0;
    const double spread = close_outs.of(asset, {value, 0.0, 0.0}, annual_vol, now).cost.amount / value;
    const double size = close_outs.of(asset, {0.0, value, 0.0}, annual_vol, now).cost.amount / value;
    const std::array<double, 2> haircuts{std::min(1.0, spread), std::min(1.0, size)};
    return params.measured_haircut_weight * collateral::combined_haircut(haircuts);
}

double haircut_charge(const market::Portfolio& portfolio, const market::Shift& shift, const Appraisal& by,
                      Timestamp now, std::vector<Assumption>* assumed) {
    const market::Market& market = by.prices.market();
    double charge = 0.0;
    for (const market::Balance& balance : portfolio.balances) {
        const market::Asset& asset = market.asset(balance.asset);
        const double table = by.prices.view().haircut(market.asset_name(balance.asset));
        const auto counted = by.prices.collateral_unit(balance.asset);
        if (balance.qty <= 0.0 || !counted || table >= 1.0 || !(asset.vol || asset.liquidity)) continue;
        // Where prices move, the volume in coins stays: the haircut is that of as many coins at the price
        // now.
        const double value = balance.qty * *counted / (1.0 - table);
        const double vol = asset.vol ? by.sets.range(balance.asset).annual_vol : 0.0;
        const double measured = measured_haircut(value, balance.asset, vol, by.close_outs, by.params, now);
        if (measured <= table) continue;
        charge += value * market::factor_of(shift, balance.asset) * (measured - table);
        const Assumption guess{Assumed::liquidity, balance.asset};
        const bool noted = assumed == nullptr || by.close_outs.fresh(balance.asset, now) ||
                           std::find(assumed->begin(), assumed->end(), guess) != assumed->end();
        if (!noted) assumed->push_back(guess);
    }
    return charge;
}

}  // namespace tidemark::margin
