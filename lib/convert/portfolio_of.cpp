#include "convert/portfolio_of.hpp"

#include <fmt/format.h>

#include "json/escape.hpp"

namespace tidemark::convert {
namespace {

Status add_position(const record::Position& position, const market::Market& market, market::Portfolio& out) {
    if (position.qty == 0.0) return Ok{};
    const auto id = market.find_instrument(position.symbol);
    if (!id)
        return Error{Errc::missing_market, fmt::format("no ticker of {}", json::printable(position.symbol)),
                     "", 0};
    const auto [rank, kind] = market.sorted(*id);
    const bool future = kind == market::ContractKind::perp || kind == market::ContractKind::future;
    if (future && !position.entry_price)
        return Error{Errc::missing_field,
                     fmt::format("no entry_price of {}", json::printable(position.symbol)), "", 0};
    out.holdings.push_back({*id, position.qty, future ? *position.entry_price : 0.0, rank});
    return Ok{};
}

/// An order that may only reduce cannot add risk.
Status add_order(const record::Order& order, const market::Market& market, market::Portfolio& out) {
    if (order.qty == 0.0 || order.reduce_only) return Ok{};
    const auto id = market.find_instrument(order.symbol);
    if (!id)
        return Error{Errc::missing_market, fmt::format("no ticker of {}", json::printable(order.symbol)), "",
                     0};
    out.orders.push_back({*id, order.qty, order.limit_price, market.sorted(*id).rank});
    return Ok{};
}

void begin(const record::Account& account, market::Portfolio& out) {
    out.clear();
    out.ts = account.ts;
    if (account.score && account.score->multiplier) out.multiplier = *account.score->multiplier;
}

}  // namespace

Status portfolio_of(const record::Account& account, const market::Market& market, market::Portfolio& out) {
    begin(account, out);
    for (const record::Collateral& balance : account.collateral) {
        if (balance.qty == 0.0) continue;
        const auto id = market.find_asset(balance.asset);
        if (!id)
            return Error{Errc::missing_market, fmt::format("no price of {}", json::printable(balance.asset)),
                         "", 0};
        out.balances.push_back({*id, balance.qty});
    }
    for (const record::Position& position : account.positions) {
        if (Status added = add_position(position, market, out); !added) return added;
    }
    for (const record::Order& order : account.orders) {
        if (Status added = add_order(order, market, out); !added) return added;
    }
    out.sort(market);
    market::net_balances(out.balances);
    return Ok{};
}

Status isolated_portfolio(const record::Account& account, std::size_t position, const market::Market& market,
                          market::AssetId cash, market::Portfolio& out) {
    begin(account, out);
    const record::Position& alone = account.positions[position];
    if (!alone.isolated_margin)
        return Error{Errc::missing_field,
                     fmt::format("no isolated_margin of {}", json::printable(alone.symbol)), "", 0};
    out.balances.push_back({cash, *alone.isolated_margin});
    return add_position(alone, market, out);
}

}  // namespace tidemark::convert
