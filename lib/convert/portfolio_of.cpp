#include "convert/portfolio_of.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/escape.hpp"

namespace tidemark::convert {
namespace {

Error no_ticker(std::string_view symbol) {
    return {Errc::missing_market, fmt::format("no ticker of {}", json::printable(symbol)), "", 0};
}

Error no_price(std::string_view asset) {
    return {Errc::missing_market, fmt::format("no price of {}", json::printable(asset)), "", 0};
}

bool isolated(const record::Account& account) {
    return account.margin_mode == record::MarginMode::isolated;
}

/// A position with a margin of its own is isolated, unless it says otherwise.
bool isolated(const record::Position& position, const record::Account& account) {
    if (position.margin_mode) return *position.margin_mode == record::MarginMode::isolated;
    return isolated(account) || position.isolated_margin;
}

/// A member that a cross position cannot use is no member to be left out.
Status no_margin_of_its_own(const record::Position& position) {
    if (!position.isolated_margin && !position.isolated_asset) return Ok{};
    return Error{
        Errc::out_of_domain,
        fmt::format("want no isolated_margin of {}, which is cross", json::printable(position.symbol)), "",
        0};
}

Status add_position(const record::Position& position, const market::Market& market, market::Portfolio& out) {
    if (position.qty == 0.0) return Ok{};
    const auto id = market.find_instrument(position.symbol);
    if (!id) return no_ticker(position.symbol);
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
    if (!id) return no_ticker(order.symbol);
    out.orders.push_back({*id, order.qty, order.limit_price, market.sorted(*id).rank});
    return Ok{};
}

Status add_balance(const record::Collateral& balance, const market::Market& market, const market::View& view,
                   market::Portfolio& out) {
    if (balance.qty == 0.0) return Ok{};
    const auto id = market.find_asset(balance.asset);
    if (!id && balance.qty > 0.0 && view.counts_for_nothing(balance.asset)) return Ok{};
    if (!id) return no_price(balance.asset);
    out.balances.push_back({*id, balance.qty});
    return Ok{};
}

void begin(const record::Account& account, market::Portfolio& out) {
    out.ts = account.ts;
    if (account.score && account.score->multiplier) out.multiplier = *account.score->multiplier;
}

Status add_cross(const record::Account& account, const market::Market& market, const market::View& view,
                 market::Portfolio& out) {
    begin(account, out);
    for (const record::Collateral& balance : account.collateral) {
        if (Status added = add_balance(balance, market, view, out); !added) return added;
    }
    for (const record::Position& position : account.positions) {
        if (isolated(position, account)) continue;
        if (Status none = no_margin_of_its_own(position); !none) return none;
        if (Status added = add_position(position, market, out); !added) return added;
    }
    for (const record::Order& order : account.orders) {
        if (Status added = add_order(order, market, out); !added) return added;
    }
    out.sort(market);
    market::sum_balances(out.balances);
    return Ok{};
}

Status add_isolated(const record::Position& position, const record::Account& account,
                    const market::Market& market, market::AssetId cash, margin::NettingSets& out) {
    if (!position.isolated_margin)
        return Error{Errc::missing_field,
                     fmt::format("no isolated_margin of {}", json::printable(position.symbol)), "", 0};
    const auto id = market.find_instrument(position.symbol);
    if (!id) return no_ticker(position.symbol);
    const auto counted_in =
        position.isolated_asset ? market.find_asset(*position.isolated_asset) : std::optional{cash};
    if (!counted_in) return no_price(*position.isolated_asset);
    margin::NettingSet& set = out.add(id);
    begin(account, set.portfolio);
    set.portfolio.balances.push_back({*counted_in, *position.isolated_margin});
    return add_position(position, market, set.portfolio);
}

Status no_debt(const record::Account& account) {
    const auto owed = std::find_if(account.collateral.begin(), account.collateral.end(),
                                   [](const record::Collateral& balance) { return balance.qty < 0.0; });
    if (owed == account.collateral.end()) return Ok{};
    return Error{Errc::out_of_domain,
                 fmt::format("want no debt beside isolated positions, got {} of {}", owed->qty,
                             json::printable(owed->asset)),
                 "", 0};
}

}  // namespace

Status netting_sets_of(const record::Account& account, const market::Market& market, const market::View& view,
                       market::AssetId cash, margin::NettingSets& out) {
    out.clear();
    const auto& positions = account.positions;
    const bool any_cross = std::any_of(positions.begin(), positions.end(),
                                       [&](const auto& position) { return !isolated(position, account); });
    if (isolated(account) && !any_cross) {
        if (Status none = no_debt(account); !none) return none;
    } else if (Status added = add_cross(account, market, view, out.add({}).portfolio); !added) {
        return added;
    }
    for (const record::Position& position : account.positions) {
        if (!isolated(position, account)) continue;
        if (Status added = add_isolated(position, account, market, cash, out); !added) return added;
    }
    return Ok{};
}

}  // namespace tidemark::convert
