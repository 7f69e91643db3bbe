#include "margin/dynamic/open_orders.hpp"

#include <algorithm>

namespace tidemark::margin {
namespace {

/// What a fill at its limit is worse than one at the mark; a market order fills at the mark.
double fill_loss(const market::Order& order, const market::Priced& priced) {
    if (!order.limit_price) return 0.0;
    const bool future = priced.contract.kind == pricing::ContractKind::perp ||
                        priced.contract.kind == pricing::ContractKind::future;
    if (future) return std::max(0.0, -order.qty * market::unit_value(priced, *order.limit_price, 1.0));
    const bool option = priced.contract.kind == pricing::ContractKind::option;
    const double mark = option ? priced.mark_value : priced.price * priced.conversion;
    const double coin = option && priced.contract.payoff == pricing::Payoff::inverse ? priced.price : 1.0;
    return std::max(0.0, order.qty * (*order.limit_price * coin * priced.conversion - mark));
}

}  // namespace

void OpenOrders::take(const market::Portfolio& portfolio, const AccountValuation& prices) {
    fills_.clear();
    underlyings_.clear();
    for (const market::Order& order : portfolio.orders) {
        const market::Priced& priced = prices.priced(order.instrument);
        auto at = std::find(underlyings_.begin(), underlyings_.end(), priced.underlying);
        if (at == underlyings_.end()) at = underlyings_.insert(at, priced.underlying);
        const Side side = order.qty * priced.exposure >= 0.0 ? Side::rising : Side::falling;
        fills_.push_back({{order.instrument, order.qty, 0.0, order.rank},
                          static_cast<std::size_t>(at - underlyings_.begin()),
                          side,
                          fill_loss(order, priced)});
    }
    sides_.assign(underlyings_.size(), Side::none);
}

/// Counts in base four; false after the last.
bool OpenOrders::next_sides() {
    for (Side& side : sides_) {
        if (side != Side::all) {
            side = static_cast<Side>(static_cast<int>(side) + 1);
            return true;
        }
        side = Side::none;
    }
    return false;
}

Result<double> OpenOrders::filled(const market::Portfolio& portfolio, const Need& need) {
    after_ = portfolio;
    after_.orders.clear();
    double loss = 0.0;
    for (const Fill& fill : fills_) {
        const Side side = sides_[fill.underlying];
        if (side != fill.side && side != Side::all) continue;
        after_.holdings.push_back(fill.holding);
        loss += fill.loss;
    }
    std::stable_sort(after_.holdings.begin(), after_.holdings.end(),
                     [](const auto& a, const auto& b) { return a.rank < b.rank; });
    const auto needed = need(after_);
    return needed ? Result<double>{*needed + loss} : needed;
}

Result<double> OpenOrders::joint(const market::Portfolio& portfolio, const Need& need) {
    double worst = 0.0;
    do {
        auto needed = filled(portfolio, need);
        if (!needed) return needed;
        worst = std::max(worst, *needed);
    } while (next_sides());
    return worst;
}

Result<double> OpenOrders::apart(const market::Portfolio& portfolio, const AccountValuation& prices,
                                 const Need& need) {
    const auto ordered = [&](market::AssetId asset) {
        return static_cast<std::size_t>(std::find(underlyings_.begin(), underlyings_.end(), asset) -
                                        underlyings_.begin());
    };
    double total = 0.0;
    for (std::size_t u = 0; u <= underlyings_.size(); ++u) {  // the last: what has no orders
        part_ = portfolio;
        std::erase_if(part_.holdings, [&](const market::Holding& holding) {
            return ordered(prices.priced(holding.instrument).underlying) != u;
        });
        std::erase_if(part_.balances,
                      [&](const market::Balance& balance) { return ordered(balance.asset) != u; });
        double worst = 0.0;
        for (const Side side : {Side::none, Side::rising, Side::falling, Side::all}) {
            if (u < sides_.size()) sides_[u] = side;
            auto needed = filled(part_, need);
            if (!needed) return needed;
            worst = std::max(worst, *needed);
        }
        if (u < sides_.size()) sides_[u] = Side::none;
        total += worst;
    }
    return total;
}

Result<double> OpenOrders::worst(const market::Portfolio& portfolio, const AccountValuation& prices,
                                 const Need& need) {
    return underlyings_.size() <= max_joint ? joint(portfolio, need) : apart(portfolio, prices, need);
}

}  // namespace tidemark::margin
