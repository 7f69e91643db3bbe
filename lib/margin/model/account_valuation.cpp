#include "margin/model/account_valuation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"

namespace tidemark::margin {

AccountValuation::AccountValuation(const market::Market& market, const collateral::CollateralParams& params,
                                   Needs needs)
    : market_{market}, params_{params}, view_{params.view()}, valuation_{market, view_}, needs_{needs} {}

const AccountValuation::Entry& AccountValuation::entry(market::InstrumentId id) {
    if (entries_.size() <= id) {
        entries_.resize(market_.instruments());
        why_.resize(entries_.size(), {Errc::missing_market, "", "", 0});
    }
    Entry& entry = entries_[id];
    if (entry.checked != market_.version()) reprice(id, entry);
    return entry;
}

void AccountValuation::reprice(market::InstrumentId id, Entry& entry) {
    entry.checked = market_.version();
    const std::uint64_t stamp = valuation_.stamp(id);
    if (entry.stamp == stamp) return;
    entry.stamp = stamp;
    auto priced = needs_ == Needs::marks ? valuation_.instrument_at_mark(id) : valuation_.instrument(id);
    entry.usable = static_cast<bool>(priced);
    if (priced) {
        entry.priced = *priced;
    } else {
        why_[id] = priced.error();
    }
}

Result<market::AssetValue> AccountValuation::index(market::AssetId asset, Timestamp now,
                                                   Timestamp& oldest) const {
    auto value = valuation_.asset(asset);
    if (!value || value->at_par) return value;
    if (Status fresh = view_.quotes.check(value->ts, now, "price", market_.asset_name(asset)); !fresh)
        return fresh.error();
    oldest = std::min(oldest, value->ts);
    return value;
}

Status AccountValuation::add_collateral(const market::Balance& balance, double factor, Timestamp now,
                                        Requirement& out) const {
    const bool nothing = balance.qty > 0.0 && view_.counts_for_nothing(market_.asset_name(balance.asset));
    const auto value = index(balance.asset, now, out.oldest);
    if (!value) return nothing ? Status{Ok{}} : value.error();
    const double unit = collateral::unit_collateral(
        *value, balance.qty, view_.haircut(market_.asset_name(balance.asset)), params_.confidence_multiple);
    out.collateral_value += balance.qty * unit * factor;
    return Ok{};
}

Status AccountValuation::price(market::InstrumentId id, Timestamp now, Requirement& out) {
    const Entry& priced = entry(id);
    if (!priced.usable) return why_[id];
    if (priced.priced.expires <= now) return market::expired_at(market_.symbol(id), priced.priced.expires);
    for (const Timestamp ts : {priced.priced.oldest, priced.priced.newest}) {
        if (Status fresh = view_.quotes.check(ts, now, "price", market_.symbol(id)); !fresh) return fresh;
    }
    out.oldest = std::min(out.oldest, priced.priced.oldest);
    return Ok{};
}

void AccountValuation::add_paid_in_coin(market::AssetId coin, double value) {
    for (auto& [known, sum] : paid_in_coin_) {
        if (known == coin) {
            sum += value;
            return;
        }
    }
    paid_in_coin_.emplace_back(coin, value);
}

/// Profit that is paid in a coin is that coin: it is added to what is held of it, or eats it up, and counts
/// after the coin's haircut as that does (unified accounts of Binance and Bybit).
double AccountValuation::coin_haircut(market::AssetId coin, double profit, const market::Portfolio& portfolio,
                                      const market::Shift& shift) const {
    const double haircut = view_.haircut(market_.asset_name(coin));
    const auto value = valuation_.asset(coin);
    if (haircut == 0.0 || params_.coin_profit_haircut == 0.0 || !value) return 0.0;
    double held = 0.0;
    for (const market::Balance& balance : portfolio.balances) {
        if (balance.asset == coin) held += balance.qty * value->price * market::factor_of(shift, coin);
    }
    return params_.coin_profit_haircut * haircut * (std::max(0.0, held + profit) - std::max(0.0, held));
}

/// Whether no fresh price record tells what it is worth: it is at par by the policy, or at an index that came
/// with a ticker. Of account currency itself none has to.
bool AccountValuation::unsure(market::AssetId id, Timestamp now) const {
    const market::Asset& asset = market_.asset(id);
    if (asset.stated && view_.quotes.holds(asset.stated->ts, now)) return false;
    if (market_.asset_name(id) == account_currency) return false;
    const auto value = valuation_.asset(id);
    return static_cast<bool>(value);
}

void AccountValuation::note_unsure(market::AssetId asset, Timestamp now, Requirement& out) const {
    const Assumption guess{Assumed::confidence, asset};
    const bool noted = std::find(out.assumed.begin(), out.assumed.end(), guess) != out.assumed.end();
    if (!noted && unsure(asset, now)) out.assumed.push_back(guess);
}

void AccountValuation::note_assumed(const market::Portfolio& portfolio, Timestamp now,
                                    Requirement& out) const {
    for (const market::Balance& balance : portfolio.balances) {
        const bool nothing = balance.qty > 0.0 && view_.counts_for_nothing(market_.asset_name(balance.asset));
        if (!nothing) note_unsure(balance.asset, now, out);
    }
    for (const market::Holding& holding : portfolio.holdings) {
        const market::Instrument& instrument = market_.instrument(holding.instrument);
        const market::AssetId money =
            instrument.terms.inverse() ? instrument.settle_asset : instrument.quote_asset;
        note_unsure(money, now, out);
        if (instrument.terms.kind == pricing::ContractKind::option)
            note_unsure(instrument.underlying, now, out);
    }
}

Status AccountValuation::value(const market::Portfolio& portfolio, const market::Shift& shift,
                               Requirement& out) {
    const Timestamp now = market_.as_of(portfolio.ts);
    out.collateral_value = 0.0;
    out.oldest = now;
    out.assumed.clear();
    if (shift.empty()) note_assumed(portfolio, now, out);
    for (const market::Balance& balance : portfolio.balances) {
        Status added = add_collateral(balance, market::factor_of(shift, balance.asset), now, out);
        if (!added) return added;
    }
    out.equity = out.collateral_value;
    paid_in_coin_.clear();
    for (const market::Holding& holding : portfolio.holdings) {
        if (Status known = price(holding.instrument, now, out); !known) return known;
        const market::Priced& unit = priced(holding.instrument);
        const double factor = market::factor_of(shift, unit.underlying);
        if (factor != 1.0 && !unit.vol_known) return valuation_.instrument(holding.instrument).error();
        const double value = holding.qty * market::unit_value(unit, holding.entry, factor);
        out.equity += value;
        if (unit.contract.payoff == pricing::Payoff::inverse &&
            unit.contract.kind != pricing::ContractKind::option)
            add_paid_in_coin(market_.instrument(holding.instrument).settle_asset, value);
    }
    for (const auto& [coin, profit] : paid_in_coin_)
        out.equity -= coin_haircut(coin, profit, portfolio, shift);
    if (std::isfinite(out.equity) && std::isfinite(out.collateral_value)) return Ok{};
    return amounts_overflow();
}

Result<double> AccountValuation::collateral_unit(market::AssetId asset) const {
    const auto value = valuation_.asset(asset);
    if (!value) return value.error();
    return collateral::unit_collateral(*value, 1.0, view_.haircut(market_.asset_name(asset)),
                                       params_.confidence_multiple);
}

Result<double> AccountValuation::stable_price(const std::vector<std::string>& names) const {
    for (const std::string& name : names) {
        const auto id = market_.find_asset(name);
        if (!id || (!market_.asset(*id).price && !market_.asset(*id).doubted)) continue;
        const auto value = valuation_.asset(*id);
        if (!value) return value.error();
        return value->price;
    }
    return 1.0;
}

}  // namespace tidemark::margin
