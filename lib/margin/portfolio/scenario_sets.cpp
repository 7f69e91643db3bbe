#include "margin/portfolio/scenario_sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/time.hpp"
#include "margin/model/by_instrument.hpp"

namespace tidemark::margin {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

SetRule& ScenarioSets::rule(market::AssetId underlying, pricing::Payoff payoff) {
    const std::size_t at = 2 * underlying + (payoff == pricing::Payoff::inverse ? 1 : 0);
    if (rules_.size() <= at) rules_.resize(std::max(at + 1, 2 * prices_.market().assets()));
    if (!rules_[at]) {
        ScenarioRule rule = scenario_rule(params_, prices_.market().asset_name(underlying), payoff);
        RiskArrayPricer pricer = RiskArrayPricer::make(rule).value();  // every move is above -1 by its bounds
        rules_[at].emplace(SetRule{std::move(rule), std::move(pricer)});
    }
    return *rules_[at];
}

Result<ScenarioSet*> ScenarioSets::pool_of(market::AssetId underlying, pricing::Payoff payoff,
                                           const market::Shift& shift) {
    for (ScenarioSet& set : sets_) {
        if (set.underlying == underlying && set.legs.payoff == payoff) return &set;
    }
    const auto spot = prices_.index(underlying, now_, oldest_);
    if (!spot) return spot.error();
    ScenarioSet& set = sets_.emplace_back();
    const double price = spot->price * market::factor_of(shift, underlying);
    set.underlying = underlying;
    set.legs.payoff = payoff;
    set.legs.spot = price;
    set.legs.spot_confidence = confidence_of(*spot);
    set.conversion = payoff == pricing::Payoff::inverse ? price : 1.0;
    return &set;
}

/// In account currency a coin-settled contract moves as a linear one: what it pays in coin moves with the
/// coin.
pricing::Payoff ScenarioSets::payoff_of(const market::Priced& priced) const {
    return params_.coin_margined != 0.0 ? priced.contract.payoff : pricing::Payoff::linear;
}

/// 0 of all but coin-settled futures, and of those too where they are margined as linear ones.
double ScenarioSets::quote_amount(std::span<const market::Holding> held) const {
    const market::Priced& priced = prices_.priced(held.front().instrument);
    const bool future = priced.contract.kind == pricing::ContractKind::perp ||
                        priced.contract.kind == pricing::ContractKind::future;
    if (!future || payoff_of(priced) != pricing::Payoff::inverse) return 0.0;
    double amount = 0.0;
    for (const market::Holding& holding : held)
        amount += holding.qty * (holding.entry > 0.0 ? holding.entry : priced.price);
    return amount;
}

/// In coin, an inverse future is as large as its quote amount at the price now, whatever it was at entry.
void ScenarioSets::add_future(ScenarioSet& set, const Net& net, const market::Priced& priced) {
    const market::Instrument& instrument = prices_.market().instrument(net.instrument);
    const bool inverse = set.legs.payoff == pricing::Payoff::inverse;
    const double price = (inverse ? priced.price : priced.exposure) * net.factor;
    const double size = inverse ? net.quote_amount / price : net.qty;
    const auto& expiry = instrument.terms.expiry;
    const double years = expiry ? years_between(instrument.quote->ts, *expiry).value() : 0.0;
    set.legs.futures.push_back({size, price, std::max(0.0, years), {net.instrument, false}});
}

std::span<const double> ScenarioSets::values_of(const Net& net, const OptionLeg& leg,
                                                const ExpiryLegs& expiry, const ScenarioSet& set) {
    RiskArrayPricer& pricer = rule(set.underlying, set.legs.payoff).pricer;
    if (net.factor != 1.0) {
        if (shifted_used_ == shifted_.size()) shifted_.emplace_back();
        std::vector<double>& values = shifted_[shifted_used_++];
        values.resize(pricer.row_size());
        pricer.price(leg, expiry, set.legs.payoff, values);
        return values;
    }
    if (rows_.size() <= net.instrument) rows_.resize(prices_.market().instruments());
    Row& row = rows_[net.instrument];
    if (row.stamp != prices_.stamp(net.instrument)) {
        row.values.resize(pricer.row_size());
        pricer.price(leg, expiry, set.legs.payoff, row.values);
        row.stamp = prices_.stamp(net.instrument);
    }
    return row.values;
}

/// Options of one expiry are one group though their tickers, and so their forwards, differ in time: each is
/// priced at its own.
void ScenarioSets::add_option(ScenarioSet& set, const Net& net, const market::Priced& priced) {
    const double unit = set.legs.payoff == pricing::Payoff::inverse ? 1.0 : priced.conversion;
    ExpiryLegs own{.seconds = priced.years * seconds_per_year, .forward = priced.price * unit * net.factor};
    own.settled = settled_part(own.forward, own.seconds, params_.averaging_seconds);
    own.rate = params_.interest_rate;
    OptionLeg leg{priced.contract.strike.value() * unit, priced.contract.option_type, net.qty, priced.vol};
    leg.values = values_of(net, leg, own, set);
    leg.key = {net.instrument, false};
    const Timestamp expiry = *prices_.market().instrument(net.instrument).terms.expiry;
    const auto group = std::find(set.expiries.begin(), set.expiries.end(), expiry) - set.expiries.begin();
    const auto at = static_cast<std::size_t>(group);
    if (at == set.expiries.size()) {
        set.expiries.push_back(expiry);
        set.legs.expiries.push_back(std::move(own));
    }
    set.legs.expiries[at].options.push_back(leg);
}

Status ScenarioSets::add(const Net& net, const market::Shift& shift) {
    const market::Priced& priced = prices_.priced(net.instrument);
    const auto set = pool_of(priced.underlying, payoff_of(priced), shift);
    if (!set) return set.error();
    switch (priced.contract.kind) {
        case pricing::ContractKind::option:
            add_option(**set, net, priced);
            break;
        case pricing::ContractKind::perp:
        case pricing::ContractKind::future:
            add_future(**set, net, priced);
            break;
        case pricing::ContractKind::spot: {
            const double value = net.qty * priced.price * priced.conversion * net.factor;
            (*set)->legs.collateral.push_back(
                {value, value, true, 1.0, {}, net.qty, {net.instrument, false}});
            break;
        }
    }
    return Ok{};
}

Status ScenarioSets::add_collateral(const market::Portfolio& portfolio, const market::Shift& shift) {
    for (const market::Balance& balance : portfolio.balances) {
        if (!contains(params_.spot_following, prices_.market().asset_name(balance.asset))) continue;
        const auto set = pool_of(balance.asset, pricing::Payoff::linear, shift);
        if (!set) return set.error();
        const double value = balance.qty * (*set)->legs.spot;
        (*set)->legs.collateral.push_back({value, value, true, 1.0, {}, balance.qty, {balance.asset, true}});
    }
    return Ok{};
}

Status ScenarioSets::fill(const market::Portfolio& portfolio, const market::Shift& shift) {
    now_ = prices_.market().as_of(portfolio.ts);
    oldest_ = now_;
    shifted_used_ = 0;
    sets_.clear();
    Status added = for_each_instrument(portfolio, [&](std::span<const market::Holding> held) -> Status {
        const market::InstrumentId id = held.front().instrument;
        const double qty = net_qty(held);
        const double amount = quote_amount(held);
        if (qty == 0.0 && amount == 0.0) return Ok{};
        return add({id, qty, market::factor_of(shift, prices_.priced(id).underlying), amount}, shift);
    });
    if (!added) return added;
    return add_collateral(portfolio, shift);
}

}  // namespace tidemark::margin
