#include "market/valuation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "market/agreement.hpp"

namespace tidemark::market {
namespace {

using pricing::ContractKind;
using pricing::Payoff;

Error missing(std::string_view what, std::string_view of) {
    return {Errc::missing_market, fmt::format("no {} of {}", what, of), "", 0};
}

Error contradiction(std::string_view what, std::string_view of, std::string_view other, double against,
                    double price, double factor = believed_factor) {
    return {Errc::conflict,
            fmt::format("want the {} of {} within a factor of {} of {} {}, got {}", what, of, factor, other,
                        against, price),
            "", 0};
}

/// No carry takes a price that far from its index, and a model that is that far from its own mark has another
/// volatility or forward: one of the two is damaged, and which is not known.
bool contradict(double price, double against) {
    return against > 0.0 && (price > against * believed_factor || price * believed_factor < against);
}

/// Half a tick of a coin-quoted option, in forwards: what rounding leaves of a small mark.
constexpr double mark_rounding = 5e-5;

/// A mark ten times as high or low as it was is refused; one volatility for a whole expiry, off by three at
/// its wings, is not.
constexpr double model_factor = 3.0;

Status near_model(double quoted, double model, double forward, std::string_view symbol) {
    const double rounding = mark_rounding * forward;
    if (quoted <= model_factor * model + rounding && model <= model_factor * quoted + rounding) return Ok{};
    return contradiction("mark_price", symbol, "the value at its mark_vol and forward_price", model, quoted,
                         model_factor);
}

}  // namespace

Result<double> mark_vol(const Quote& quote, const pricing::QuotedOption& option, std::string_view symbol) {
    if (quote.mark_vol) return *quote.mark_vol;
    if (!quote.mark_price) return missing("mark_price or mark_vol", symbol);
    const pricing::ImpliedVol implied = pricing::implied_vol(option);
    if (implied.status == pricing::ImpliedVolStatus::ok) return implied.annual_vol.value();
    return Error{Errc::out_of_domain,
                 fmt::format("the mark of {} allows no volatility: {}", symbol,
                             pricing::implied_vol_status_name(implied.status)),
                 "", 0};
}

Error expired_at(std::string_view symbol, Timestamp expiry) {
    return {Errc::expired, fmt::format("{} expired at {}", symbol, to_rfc3339(expiry)), "", 0};
}

bool Valuation::at_par(AssetId id) const {
    const std::string& name = market_.asset_name(id);
    return std::find(view_.par_assets.begin(), view_.par_assets.end(), name) != view_.par_assets.end();
}

/// What is quoted or paid in a coin moves with that coin too, which no scenario here would show.
Status Valuation::only_follows_underlying(const Instrument& instrument, std::string_view symbol) const {
    for (const AssetId money : {instrument.quote_asset, instrument.settle_asset}) {
        const bool underlying = money == instrument.settle_asset && money == instrument.underlying;
        if (underlying || at_par(money)) continue;
        return Error{
            Errc::out_of_domain,
            fmt::format("want a contract in its underlying or in what the policy takes at par, got {} "
                        "in {}, whose moves would not be seen",
                        symbol, market_.asset_name(money)),
            "", 0};
    }
    return Ok{};
}

/// Against the index that came with it, and the price of its underlying where that is as fresh.
Status Valuation::near_index(const Instrument& instrument, double price, std::string_view what,
                             std::string_view symbol) const {
    if (market_.accepts_suspect()) return Ok{};
    const Quote& quote = *instrument.quote;
    if (quote.index_price && contradict(price, *quote.index_price))
        return contradiction(what, symbol, "its index", *quote.index_price, price);
    const auto& spot = market_.asset(instrument.underlying).price;
    const bool same = spot && at_par(instrument.quote_asset) && as_fresh(spot->ts, quote.ts);
    if (same && contradict(price, spot->price))
        return contradiction(what, symbol, "the price of " + market_.asset_name(instrument.underlying),
                             spot->price, price);
    return Ok{};
}

Result<AssetValue> Valuation::asset(AssetId id) const {
    const Asset& asset = market_.asset(id);
    const std::string& name = market_.asset_name(id);
    if (asset.doubted && (!asset.price || asset.price->ts <= *asset.doubted))
        return Error{Errc::missing_market,
                     fmt::format("no price of {} since {}, when one was refused as suspect", name,
                                 to_rfc3339(*asset.doubted)),
                     "", 0};
    const bool judged = !market_.accepts_suspect();
    if (judged && asset.price && asset.rival)
        return contradiction("price", name, "another as fresh,", *asset.rival, asset.price->price);
    if (judged && asset.price && contradict(asset.price->price, 1.0) && at_par(id))
        return contradiction("price", name, "par, at which the policy takes it,", 1.0, asset.price->price);
    if (asset.price) return AssetValue{asset.price->price, asset.price->confidence, asset.price->ts, false};
    if (at_par(id)) return AssetValue{1.0, 0.0, market_.as_of(), true};
    return missing("price", name);
}

Result<Priced> Valuation::priced(InstrumentId id, bool vol_needed) const {
    const Instrument& instrument = market_.instrument(id);
    const std::string& symbol = market_.symbol(id);
    if (!instrument.quote) return missing("ticker", symbol);
    const Terms& terms = instrument.terms;
    if (Status followed = only_follows_underlying(instrument, symbol); !followed) return followed.error();
    const auto settle = asset(terms.inverse() ? instrument.settle_asset : instrument.quote_asset);
    if (!settle) return settle.error();
    Priced priced;
    priced.contract = {terms.kind, terms.inverse() ? Payoff::inverse : Payoff::linear, Price{terms.strike},
                       terms.option_type};
    priced.underlying = instrument.underlying;
    priced.oldest = priced.newest = instrument.quote->ts;
    if (!settle->at_par) {
        priced.oldest = std::min(priced.oldest, settle->ts);
        priced.newest = std::max(priced.newest, settle->ts);
    }
    priced.conversion = settle->price;
    if (terms.expiry) priced.expires = *terms.expiry;
    if (priced.expires <= std::max(instrument.quote->ts, market_.as_of()))
        return expired_at(symbol, priced.expires);
    if (terms.kind == ContractKind::option) {
        auto whole = option(instrument, priced, symbol);
        const bool done = whole || vol_needed || whole.error().code == Errc::conflict;
        return done ? whole : option_at_mark(instrument, priced, whole.error());
    }
    if (!instrument.quote->mark_price || *instrument.quote->mark_price <= 0.0)
        return missing("mark_price", symbol);
    priced.price = *instrument.quote->mark_price;
    if (Status near = near_index(instrument, priced.price, "mark_price", symbol); !near) return near.error();
    priced.exposure = terms.inverse() ? priced.conversion : priced.price * priced.conversion;
    return priced;
}

Result<Priced> Valuation::option(const Instrument& instrument, Priced priced, std::string_view symbol) const {
    const Quote& quote = *instrument.quote;
    if (!quote.forward_price) return missing("forward_price", symbol);
    if (!instrument.terms.expiry) return missing("expiry", symbol);
    const double forward = *quote.forward_price, strike = instrument.terms.strike;
    const auto type = instrument.terms.option_type;
    if (Status near = near_index(instrument, forward, "forward_price", symbol); !near) return near.error();
    // A payoff of one quote unit is 1/F coins at expiry, each worth the coin's price.
    if (priced.contract.payoff == Payoff::inverse) priced.conversion /= forward;
    const double quoted = quote.mark_price.value_or(0.0) * (quote.in_coin ? forward : 1.0);
    priced.price = forward;
    priced.years = years_between(quote.ts, *instrument.terms.expiry).value();
    const auto vol = mark_vol(
        quote, {Price{quoted}, Price{forward}, Price{strike}, YearFraction{priced.years}, type}, symbol);
    if (!vol) return vol.error();
    priced.vol = *vol;
    priced.std_dev = *vol * std::sqrt(priced.years);
    const auto greeks = pricing::black76_greeks(
        {Price{forward}, Price{strike}, YearFraction{priced.years}, AnnualVol{*vol}, type});
    if (!greeks) return greeks.error();
    priced.model_value = greeks->value;
    const bool both = quote.mark_price && quote.mark_vol && !market_.accepts_suspect();
    if (Status near = both ? near_model(quoted, greeks->value, forward, symbol) : Ok{}; !near)
        return near.error();
    priced.mark_value = (quote.mark_price ? quoted : greeks->value) * priced.conversion;
    priced.exposure = greeks->delta_forward * forward * priced.conversion;
    priced.vega = greeks->vega * priced.conversion;
    return priced;
}

/// Fails with `why` where not even that is known. Without a forward an option in money is at its underlying's
/// price.
Result<Priced> Valuation::option_at_mark(const Instrument& instrument, Priced priced,
                                         const Error& why) const {
    const Quote& quote = *instrument.quote;
    if (!quote.mark_price || !instrument.terms.expiry) return why;
    if (quote.forward_price) {
        priced.price = *quote.forward_price;
    } else {
        const auto spot = asset(instrument.underlying);
        if (quote.in_coin || priced.contract.payoff == Payoff::inverse || !spot || spot->at_par) return why;
        priced.price = spot->price;
    }
    if (priced.contract.payoff == Payoff::inverse) priced.conversion /= priced.price;
    priced.years = years_between(quote.ts, *instrument.terms.expiry).value();
    priced.mark_value = *quote.mark_price * (quote.in_coin ? priced.price : 1.0) * priced.conversion;
    const double direction = instrument.terms.option_type == pricing::OptionType::call ? 1.0 : -1.0;
    priced.exposure = direction * priced.price * priced.conversion;
    priced.vol_known = false;
    return priced;
}

std::uint64_t Valuation::stamp(InstrumentId id) const {
    const Instrument& instrument = market_.instrument(id);
    return instrument.version + market_.asset(instrument.underlying).version +
           market_.asset(instrument.quote_asset).version + market_.asset(instrument.settle_asset).version;
}

double unit_value(const Priced& p, double entry, double factor) {
    switch (p.contract.kind) {
        case ContractKind::spot:
            return p.price * factor * p.conversion;
        case ContractKind::option: {
            if (factor == 1.0) return p.mark_value;
            const double moved = pricing::black76_value(p.price * factor, p.contract.strike.value(),
                                                        p.std_dev, p.contract.option_type);
            // A mark below the model's value would end below nothing where the option does.
            return std::max(0.0, p.mark_value + (moved - p.model_value) * p.conversion);
        }
        case ContractKind::perp:
        case ContractKind::future:
            break;
    }
    const double gain = pricing::future_gain(p.contract.payoff, Price{entry}, Price{p.price * factor});
    // The coin that an inverse contract pays in moves with its underlying.
    return gain * p.conversion * (p.contract.payoff == Payoff::inverse ? factor : 1.0);
}

Sensitivity sensitivity(const Priced& p, double factor) {
    if (factor == 1.0) return {p.exposure, p.vega};
    if (p.contract.kind != ContractKind::option) return {p.exposure * factor, 0.0};
    const double forward = p.price * factor;
    const auto greeks = pricing::black76_greeks(
        {Price{forward}, p.contract.strike, YearFraction{p.years}, AnnualVol{p.vol}, p.contract.option_type});
    if (!greeks) return {p.exposure * factor, p.vega * factor};
    return {greeks->delta_forward * forward * p.conversion, greeks->vega * p.conversion};
}

}  // namespace tidemark::market
