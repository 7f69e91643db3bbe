// What measured doubt takes off the equity of an account: unsure prices, and collateral that is hard to sell.
#pragma once

#include "liquidity/close_out.hpp"
#include "margin/dynamic/underlying_sets.hpp"

namespace tidemark::margin {

/// confidence_multiple times the half width of the underlying's price, on what its positions add to the
/// exposure of its collateral: the error of a price is the same for both, and on the balance itself equity
/// has taken it already. An underlying without a fresh price record of its own, and what is at par because
/// nothing tells its price, are assumed to be sure.
double confidence_charge(std::span<const UnderlyingSet> sets, const market::Portfolio& portfolio,
                         const AccountValuation& prices, const DynamicParams& params,
                         std::vector<Assumption>* assumed);

/// The haircut of collateral of that value: measured_haircut_weight times 1 - (1 - liquidity)(1 -
/// concentration), from the cost of crossing its spread and of selling that much; 0 where its asset is at par
/// and has no liquidity record. Its market risk is in the scenarios.
double measured_haircut(double value, market::AssetId asset, double annual_vol,
                        liquidity::CloseOuts& close_outs, const DynamicParams& params, Timestamp now);

/// What an account is looked at with: prices, ranges and the cost to close.
struct Appraisal {
    const AccountValuation& prices;
    UnderlyingSets& sets;
    liquidity::CloseOuts& close_outs;
    const DynamicParams& params;
};

/// What measured haircuts take off the collateral beyond the table's.
double haircut_charge(const market::Portfolio& portfolio, const market::Shift& shift, const Appraisal& by,
                      Timestamp now, std::vector<Assumption>* assumed);

}  // namespace tidemark::margin
