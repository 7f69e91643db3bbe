#include "margin/lending/weighted_health.hpp"

#include <algorithm>

namespace tidemark::margin {
namespace {

double contribution(const HealthToken& token, double balance) {
    return balance * token.price * (balance < 0.0 ? token.liability_weight : token.asset_weight);
}

double perp_if_filled(const HealthPerp& perp, double lots) {
    const double held = (perp.base_lots + lots) * perp.lot_value;
    return held * (held < 0.0 ? perp.base_liability_weight : perp.base_asset_weight) - lots * perp.lot_value;
}

double perp_contribution(const HealthPerp& perp) {
    const double total =
        perp.quote + std::min(perp_if_filled(perp, perp.bid_lots), perp_if_filled(perp, -perp.ask_lots));
    return total > 0.0 ? perp.overall_asset_weight * total : total;
}

double all_as_base(const HealthAccount& account, const ReservedOrders& orders) {
    return orders.base_reserved +
           orders.quote_reserved * account.tokens[orders.quote].price / account.tokens[orders.base].price;
}

double all_as_quote(const HealthAccount& account, const ReservedOrders& orders) {
    return orders.quote_reserved +
           orders.base_reserved * account.tokens[orders.base].price / account.tokens[orders.quote].price;
}

/// What an amount adds to a token that holds `balance` with it, where it is taken as added last.
double effect(const HealthToken& token, double balance, double amount) {
    const double as_asset = std::clamp(balance, 0.0, amount);
    return token.price * (as_asset * token.asset_weight + (amount - as_asset) * token.liability_weight);
}

}  // namespace

double weighted_health(const HealthAccount& account) {
    std::vector<double> balances, reserved(account.tokens.size(), 0.0);
    for (const HealthToken& token : account.tokens) balances.push_back(token.balance);
    for (const HealthPerp& perp : account.perps) balances[perp.settle] += perp_contribution(perp);
    for (const ReservedOrders& orders : account.orders) {
        reserved[orders.base] += all_as_base(account, orders);
        reserved[orders.quote] += all_as_quote(account, orders);
    }
    double health = 0.0;
    for (std::size_t i = 0; i < balances.size(); ++i) health += contribution(account.tokens[i], balances[i]);
    for (const ReservedOrders& orders : account.orders) {
        const auto added = [&](std::size_t i, double amount) {
            return effect(account.tokens[i], balances[i] + reserved[i], amount);
        };
        health += std::min(added(orders.base, all_as_base(account, orders)),
                           added(orders.quote, all_as_quote(account, orders)));
    }
    return health;
}

double scaled_by_deposits(double asset_weight, double deposits_value, double start) {
    return start > 0.0 && deposits_value > start ? asset_weight * start / deposits_value : asset_weight;
}

double scaled_by_borrows(double liability_weight, double borrows_value, double start) {
    return start > 0.0 && borrows_value > start ? liability_weight * borrows_value / start : liability_weight;
}

}  // namespace tidemark::margin
