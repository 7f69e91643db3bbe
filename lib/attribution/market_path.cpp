#include "attribution/market_path.hpp"

#include <algorithm>
#include <cmath>

#include "core/time.hpp"
#include "pricing/black76.hpp"

namespace tidemark::attribution {
namespace {

/// Moves a record's time: to that of its successor, or by as much as the clock where it has none.
template <class State>
void take_age(std::optional<State>& state, const std::optional<State>& next, std::int64_t clock_ms) {
    if (state) state->ts = next ? next->ts : Timestamp{state->ts.ms + clock_ms};
}

}  // namespace

std::string_view tenor_bucket(double days) {
    return days <= 7.0 ? "0-7d" : days <= 30.0 ? "7-30d" : days <= 90.0 ? "30-90d" : "90d+";
}

MarketPath::MarketPath(const market::Market& before, const market::Market& after, const market::View& view)
    : before_{market::snapshot_of(before)}, after_{market::snapshot_of(after)}, state_{before_} {
    for (const auto& [name, asset] : after_.assets) {
        before_.assets.try_emplace(name);
        state_.assets.try_emplace(name);
    }
    for (const auto& [name, asset] : before_.assets) after_.assets.try_emplace(name);
    add_pairs(before, after, view);
    add_time();
    add_contracts();
    add_prices();
    add_confidences();
    add_volatilities();
    add_vol_states();
    add_correlation();
    add_liquidity();
    add_marks();
}

void MarketPath::add_pairs(const market::Market& before, const market::Market& after,
                           const market::View& view) {
    const market::Valuation old_valuation{before, view}, new_valuation{after, view};
    for (const auto& [symbol, listing] : before_.listings) {
        const auto other = after_.listings.find(symbol);
        if (other == after_.listings.end()) continue;
        Pair pair;
        pair.symbol = symbol;
        pair.underlying = other->second.terms.underlying;
        pair.before = &listing;
        pair.after = &other->second;
        if (listing.terms.kind == market::ContractKind::option &&
            other->second.terms.kind == market::ContractKind::option) {
            const auto first = old_valuation.instrument(*before.find_instrument(symbol));
            const auto last = new_valuation.instrument(*after.find_instrument(symbol));
            if (first && last) {
                const market::Quote& quote = *listing.quote;
                pair.is_option = true;
                pair.first = pair.now = {quote.ts, first->price, first->vol};
                pair.last = {other->second.quote->ts, last->price, last->vol};
                const double marked = quote.mark_price.value_or(0.0) * (quote.in_coin ? first->price : 1.0);
                pair.above_model = marked - first->model_value;
                pair.group = pair.underlying + " " + std::string{tenor_bucket(last->years * days_per_year)};
            }
        }
        pairs_.push_back(std::move(pair));
    }
}

void MarketPath::put_quote(const Pair& pair) {
    market::Listing& listing = state_.listings.at(pair.symbol);
    if (pair.now == pair.last) {
        listing.quote = pair.after->quote;
        return;
    }
    market::Quote quote = *pair.before->quote;
    quote.ts = pair.now.ts;
    quote.forward_price = pair.now.forward;
    quote.mark_vol = pair.now.vol;
    if (quote.mark_price && listing.terms.expiry) {
        const double years = std::max(0.0, years_between(quote.ts, *listing.terms.expiry).value());
        const double model =
            pricing::black76_value(pair.now.forward, listing.terms.strike, pair.now.vol * std::sqrt(years),
                                   listing.terms.option_type);
        const double marked = std::max(0.0, model + pair.above_model);
        quote.mark_price = marked / (quote.in_coin ? pair.now.forward : 1.0);
    }
    listing.quote = quote;
}

void MarketPath::add_time() {
    bool moved = before_.as_of != after_.as_of;
    for (const Pair& pair : pairs_) {
        const auto &a = pair.before->quote, &b = pair.after->quote;
        moved = moved || a.has_value() != b.has_value() || (a && b && a->ts != b->ts);
    }
    for (const auto& [name, a] : before_.assets) {
        const market::Asset& b = after_.assets.at(name);
        moved = moved || (a.price && b.price && a.price->ts != b.price->ts) ||
                (a.vol && b.vol && a.vol->ts != b.vol->ts) ||
                (a.liquidity && b.liquidity && a.liquidity->ts != b.liquidity->ts);
    }
    if (!moved && before_.listings.size() == pairs_.size() && after_.listings.size() == pairs_.size()) return;
    add({Cause::time, "", static_cast<double>(before_.as_of.ms), static_cast<double>(after_.as_of.ms), ""},
        [this] { move_time(); });
}

void MarketPath::move_time() {
    const std::int64_t clock_ms = after_.as_of.ms - before_.as_of.ms;
    state_.as_of = after_.as_of;
    for (auto& [name, asset] : state_.assets) {
        const market::Asset& next = after_.assets.at(name);
        take_age(asset.price, next.price, clock_ms);
        take_age(asset.vol, next.vol, clock_ms);
        take_age(asset.liquidity, next.liquidity, clock_ms);
    }
    for (auto& [symbol, listing] : state_.listings) {
        const auto next = after_.listings.find(symbol);
        take_age(listing.quote, next == after_.listings.end() ? std::nullopt : next->second.quote, clock_ms);
    }
    for (Pair& pair : pairs_) {
        if (!pair.is_option) continue;
        pair.now.ts = pair.last.ts;
        put_quote(pair);
    }
    // Nobody held what is new, so that it may be there from the start.
    for (const auto& [symbol, listing] : after_.listings) {
        market::Listing& here = state_.listings.try_emplace(symbol, listing).first->second;
        if (!here.quote) here.quote = listing.quote;
    }
}

bool MarketPath::next(Change& made) {
    if (made_ == steps_.size()) return false;
    steps_[made_].make();
    made = steps_[made_++].change;
    return true;
}

std::optional<OptionVol> MarketPath::option_vol(std::string_view symbol) const {
    const auto found =
        std::lower_bound(pairs_.begin(), pairs_.end(), symbol,
                         [](const Pair& pair, std::string_view name) { return pair.symbol < name; });
    if (found == pairs_.end() || found->symbol != symbol || !found->is_option) return std::nullopt;
    return OptionVol{found->group, found->first.vol, found->last.vol};
}

}  // namespace tidemark::attribution
