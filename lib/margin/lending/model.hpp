// Lending: collateral and debt at their weights; an account is safe while its health is not negative.
#pragma once

#include "margin/model/account_valuation.hpp"
#include "margin/model/model.hpp"

namespace tidemark::margin {

struct LendingParams : collateral::CollateralParams {
    policy::Table initial_asset_weights, initial_liability_weights;
    policy::Table maintenance_asset_weights, maintenance_liability_weights;
    policy::Table initial_perp_asset_weights, initial_perp_liability_weights;
    policy::Table maintenance_perp_asset_weights, maintenance_perp_liability_weights;
    double perp_profit_weight = 0.0;

    static constexpr auto params() {
        using policy::param;
        using T = LendingParams;
        return std::tuple_cat(
            collateral::CollateralParams::params(),
            std::tuple{
                param("initial_asset_weights", &T::initial_asset_weights, 0, 1,
                      "by asset, * for all others: part of a deposit that may be borrowed against"),
                param("initial_liability_weights", &T::initial_liability_weights, 1, 10,
                      "by asset: how often a debt counts, for the same"),
                param("maintenance_asset_weights", &T::maintenance_asset_weights, 0, 1,
                      "by asset: liquidation threshold"),
                param("maintenance_liability_weights", &T::maintenance_liability_weights, 1, 10,
                      "by asset: how often a debt counts for liquidation"),
                param("initial_perp_asset_weights", &T::initial_perp_asset_weights, 0, 1,
                      "by underlying: of a long perp's notional; none where perps are not margined"),
                param("initial_perp_liability_weights", &T::initial_perp_liability_weights, 1, 10,
                      "by underlying: of a short perp's notional"),
                param("maintenance_perp_asset_weights", &T::maintenance_perp_asset_weights, 0, 1,
                      "the same of a long, for liquidation"),
                param("maintenance_perp_liability_weights", &T::maintenance_perp_liability_weights, 1, 10,
                      "the same of a short, for liquidation"),
                param("perp_profit_weight", &T::perp_profit_weight, 0, 1,
                      "of what a perp is worth above 0 after those weights"),
            });
    }
};

/// Requirement = equity at full value - weighted_health at the initial, or the maintenance, weights: so
/// health is negative exactly where equity is below the requirement, and Aave's health factor is below 1
/// there. require() refuses all but balances, and linear perps and futures where the policy weighs them
/// (out_of_domain). Fails with policy where collateral has a haircut besides, or "*" has no weight.
Result<std::unique_ptr<Model>> make_lending(const policy::Document& document, const market::Market& market);

}  // namespace tidemark::margin
