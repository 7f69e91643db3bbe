// An account as calculations see it: names resolved, in canonical order.
#pragma once

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "core/time.hpp"
#include "market/market.hpp"

namespace tidemark::market {

struct Holding {
    InstrumentId instrument = 0;
    double qty = 0.0;        // base units, negative is short
    double entry = 0.0;      // price that profit counts from; 0 where it has no meaning
    std::uint32_t rank = 0;  // its place in the order of names
};

struct Balance {
    AssetId asset = 0;
    double qty = 0.0;  // negative is owed
};

/// An open order that may add to a position.
struct Order {
    InstrumentId instrument = 0;
    double qty = 0.0;                   // base units, negative sells
    std::optional<double> limit_price;  // none: at the market
    std::uint32_t rank = 0;             // of its instrument in the order of names
};

struct Portfolio {
    std::vector<Holding> holdings;
    std::vector<Balance> balances;
    std::vector<Order> orders;
    double multiplier = 1.0;  // the account's own factor on its requirement, before the policy's bounds
    Timestamp ts;

    void clear() {
        holdings.clear();
        balances.clear();
        orders.clear();
        multiplier = 1.0;
    }

    /// Sums do not depend on the order in which positions came.
    void sort(const Market& market) {
        std::sort(holdings.begin(), holdings.end(), [](const Holding& a, const Holding& b) {
            if (a.rank != b.rank) return a.rank < b.rank;
            return std::tie(a.entry, a.qty) < std::tie(b.entry, b.qty);
        });
        std::sort(orders.begin(), orders.end(), [](const Order& a, const Order& b) {
            return std::tie(a.rank, a.qty, a.limit_price) < std::tie(b.rank, b.qty, b.limit_price);
        });
        std::sort(balances.begin(), balances.end(), [&](const Balance& a, const Balance& b) {
            return std::tuple{market.asset_rank(a.asset), a.qty} <
                   std::tuple{market.asset_rank(b.asset), b.qty};
        });
    }
};

/// Balances of one asset as one, and none where they cancel. Wants them sorted.
inline void net_balances(std::vector<Balance>& balances) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < balances.size();) {
        Balance sum = balances[i++];
        for (; i < balances.size() && balances[i].asset == sum.asset; ++i) sum.qty += balances[i].qty;
        if (sum.qty != 0.0) balances[kept++] = sum;
    }
    balances.resize(kept);
}

/// The same with what is held and what is owed of one asset apart.
inline void sum_balances(std::vector<Balance>& balances) {
    std::size_t kept = 0;
    for (const Balance balance : balances) {
        if (balance.qty == 0.0) continue;
        Balance* const last = kept > 0 ? &balances[kept - 1] : nullptr;
        if (last != nullptr && last->asset == balance.asset && (last->qty < 0.0) == (balance.qty < 0.0))
            last->qty += balance.qty;
        else
            balances[kept++] = balance;
    }
    balances.resize(kept);
}

/// Prices of underlyings as factors on what they are now, by AssetId; empty, or short, means 1.
using Shift = std::vector<double>;

inline double factor_of(const Shift& shift, AssetId asset) {
    return asset < shift.size() ? shift[asset] : 1.0;
}

}  // namespace tidemark::market
