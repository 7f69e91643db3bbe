#include "margin/dynamic/equity.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "collateral/haircut_sizing.hpp"

namespace tidemark::margin {

namespace {

/// What contracts are reckoned in and the policy takes at par, as nothing tells its price: that it is sure is
/// assumed. Account currency itself needs no price.
void note_par(const market::Portfolio& portfolio, const AccountValuation& prices,
              std::vector<Assumption>& assumed) {
    const market::Market& market = prices.market();
    const auto note = [&](market::AssetId id) {
        const auto value = prices.valuation().asset(id);
        const Assumption guess{Assumed::confidence, id};
        if (!value || !value->at_par || market.asset_name(id) == account_currency) return;
        if (std::find(assumed.begin(), assumed.end(), guess) == assumed.end()) assumed.push_back(guess);
    };
    for (const market::Balance& balance : portfolio.balances) note(balance.asset);
    for (const market::Holding& holding : portfolio.holdings) {
        const market::Instrument& instrument = market.instrument(holding.instrument);
        note(instrument.terms.inverse() ? instrument.settle_asset : instrument.quote_asset);
    }
}

}  // namespace

double confidence_charge(std::span<const UnderlyingSet> sets, const market::Portfolio& portfolio,
                         const AccountValuation& prices, const DynamicParams& params,
                         std::vector<Assumption>* assumed) {
    const market::Market& market = prices.market();
    const Timestamp now = market.as_of(portfolio.ts);
    double charge = 0.0;
    for (const UnderlyingSet& set : sets) {
        const double added = std::fabs(set.exposure) - std::fabs(set.balance);
        const bool nothing = set.exposure == 0.0 && set.balance == 0.0;
        if (nothing || params.confidence_multiple == 0.0) continue;
        const auto& price = market.asset(set.underlying).price;
        const auto& stated = market.asset(set.underlying).stated;
        const bool sure = price && stated && prices.view().quotes.holds(stated->ts, now);
        if (!sure && assumed != nullptr) assumed->push_back({Assumed::confidence, set.underlying});
        if (price && stated && added > 0.0)
            charge += params.confidence_multiple * price->confidence / price->price * added;
    }
    if (assumed != nullptr && params.confidence_multiple != 0.0) note_par(portfolio, prices, *assumed);
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
