// Mango v4: one health over tokens, perps and open orders, each at its worse side.
#pragma once

#include <cstddef>
#include <vector>

namespace tidemark::margin {

struct HealthToken {
    double balance = 0.0;  // token units, negative is owed
    double price = 0.0;
    double asset_weight = 0.0, liability_weight = 0.0;
};

/// Amounts resting in a spot market's orders: they may end up on either side.
struct ReservedOrders {
    std::size_t base = 0, quote = 0;  // indices of tokens
    double base_reserved = 0.0, quote_reserved = 0.0;
};

struct HealthPerp {
    std::size_t settle = 0;  // index of the token that profit is paid in
    double base_lots = 0.0, bid_lots = 0.0, ask_lots = 0.0;
    double quote = 0.0;
    double lot_value = 0.0;
    double base_asset_weight = 0.0, base_liability_weight = 0.0;
    double overall_asset_weight = 0.0;  // of what is left above 0
};

struct HealthAccount {
    std::vector<HealthToken> tokens;
    std::vector<HealthPerp> perps;
    std::vector<ReservedOrders> orders;
};

/// Sum over tokens of balance x price x weight, where perps add to their settle token the worse of all bids
/// and all asks filled, and each market's reserved amount counts on the side that adds less, seen from a
/// balance with every reservation on that side (programs/mango-v4, health/cache.rs). Above 0 is safe.
double weighted_health(const HealthAccount& account);

/// Asset weight once deposits pass the limit: weight x start / value; a start of 0 or less is no limit.
double scaled_by_deposits(double asset_weight, double deposits_value, double start);

/// Liability weight once borrows pass the limit: weight x value / start; a start of 0 or less is no limit.
double scaled_by_borrows(double liability_weight, double borrows_value, double start);

}  // namespace tidemark::margin
