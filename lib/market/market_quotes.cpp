// What instruments are and what they cost. All of it is a function of the set of records, not of their order.
#include <fmt/format.h>

#include <algorithm>

#include "market/market.hpp"
#include "market/newest.hpp"
#include "market/plausibility.hpp"

namespace tidemark::market {
namespace {

bool prices_lead(const AssetPrice& now, const AssetPrice& next) {
    if (now.ts != next.ts) return now.ts < next.ts;
    // At one time a price record leads, and else the first symbol by name.
    return next.source < now.source;
}

struct Taken {
    bool quote = false, index = false;
};

/// The newest quote counts, and the newest index price: a quote without one does not take it away.
Result<Taken> take(Instrument& instrument, const Quote& quote, std::string_view symbol) {
    Taken taken;
    const auto newer = replaces(instrument.quote, quote, "ticker", symbol);
    if (!newer) return newer.error();
    taken.quote = *newer;
    if (quote.index_price) {
        const IndexPrice index{quote.ts, *quote.index_price};
        const auto newer_index = replaces(instrument.index, index, "ticker", symbol);
        if (!newer_index) return newer_index.error();
        taken.index = *newer_index;
        if (taken.index) instrument.index = index;
    }
    if (taken.quote) instrument.quote = quote;
    return taken;
}

}  // namespace

Status Market::set_terms(InstrumentId id, const Terms& terms) {
    const auto underlying = intern_asset(terms.underlying);
    const auto quote = intern_asset(terms.quote_asset);
    const auto settle = intern_asset(terms.settle_asset);
    for (const auto* asset : {&underlying, &quote, &settle}) {
        if (!*asset) return asset->error();
    }
    Instrument& instrument = instruments_[id];
    const AssetId before = instrument.underlying;
    const bool first = !has_terms_[id], moved = !first && before != *underlying;
    instrument.terms = terms;
    instrument.underlying = *underlying;
    instrument.quote_asset = *quote;
    instrument.settle_asset = *settle;
    has_terms_[id] = true;
    terms_changed_ = true;
    touch(instrument.version);
    if (moved) std::erase(written_on_[before], id);
    if (moved || first) written_on_[*underlying].push_back(id);
    changed(before);
    changed(*underlying);
    if (moved && instrument.index) {
        find_price(before);
        offer_index(id);
    }
    return Ok{};
}

Status Market::put_terms(std::string_view symbol, const Terms& terms, std::optional<Timestamp> ts) {
    const auto id = intern(symbol);
    if (!id) return id.error();
    const bool stated = has_terms_[*id] && terms_ts_[*id].has_value();
    const Timestamp when = ts.value_or(Timestamp{});
    if (stated && *terms_ts_[*id] > when) return Ok{};
    if (stated && *terms_ts_[*id] == when) {
        if (instruments_[*id].terms == terms) return Ok{};
        return conflict("instrument", symbol, when);
    }
    terms_ts_[*id] = when;
    if (Status set = set_terms(*id, terms); !set) return set;
    return take_waiting(*id);
}

Status Market::put_quote(std::string_view symbol, const Quote& quote) {
    auto id = symbols_.find(symbol);
    if (!id) {
        const auto terms = parse_symbol(symbol);
        // A symbol that cannot be read is not numbered: nothing may hold it before its terms come.
        if (!terms) return wait_for_terms(symbol, quote);
        const auto made = intern(symbol);
        if (!made) return made.error();
        if (Status set = set_terms(*made, *terms); !set) return set;
        id = *made;
    }
    if (Status screened = screen_quote(*id, quote); !screened) return screened;
    const auto taken = take(instruments_[*id], quote, symbol);
    if (!taken) return taken.error();
    took(*id, taken->quote, taken->index);
    return Ok{};
}

void Market::took(InstrumentId id, bool quote, bool index) {
    Instrument& instrument = instruments_[id];
    if (quote) {
        touch(instrument.version);
        newest_ = std::max(newest_, instrument.quote->ts);
        changed(instrument.underlying);
    }
    if (index) offer_index(id);
}

Status Market::wait_for_terms(std::string_view symbol, const Quote& quote) {
    auto waiting = waiting_.find(symbol);
    if (waiting == waiting_.end()) {
        if (symbols_.size() + waiting_.size() >= max_names)
            return Error{Errc::too_many, fmt::format("want at most {} symbols", max_names), "symbol", 0};
        waiting = waiting_.emplace(symbol, Instrument{}).first;
    }
    const auto taken = take(waiting->second, quote, symbol);
    return taken ? Status{Ok{}} : taken.error();
}

/// Only now is it known what the quote is of, and so whether it is plausible.
Status Market::take_waiting(InstrumentId id) {
    const auto waiting = waiting_.find(symbols_.name(id));
    if (waiting == waiting_.end()) return Ok{};
    if (Status screened = screen_quote(id, *waiting->second.quote); !screened) {
        waiting_.erase(waiting);
        return screened;
    }
    Instrument& instrument = instruments_[id];
    instrument.quote = waiting->second.quote;
    instrument.index = waiting->second.index;
    waiting_.erase(waiting);
    took(id, true, instrument.index.has_value());
    return Ok{};
}

std::vector<std::string_view> Market::waiting() const {
    std::vector<std::string_view> symbols;
    for (const auto& [symbol, instrument] : waiting_) symbols.push_back(symbol);
    return symbols;
}

AssetPrice Market::index_of(InstrumentId id) const {
    const IndexPrice& index = *instruments_[id].index;
    return {index.ts, index.price, 0.0, symbols_.name(id)};
}

Result<AssetId> Market::know_money(std::string_view name) {
    auto id = intern_asset(name);
    if (id) money_.push_back(*id);
    return id;
}

bool Market::is_money(AssetId id) const {
    return money_.empty() || counts_at_par(id);
}

bool Market::counts_at_par(AssetId id) const {
    return std::find(money_.begin(), money_.end(), id) != money_.end();
}

Status Market::screen_quote(InstrumentId id, const Quote& quote) {
    if (accepts_suspect_) return Ok{};
    const Instrument& instrument = instruments_[id];
    if (Status plausible = plausible_quote(quote, instrument.terms); !plausible) return plausible;
    // What is quoted in something that is not at par itself says nothing of par.
    if (!quote.index_price || !counts_at_par(instrument.quote_asset)) return Ok{};
    return screen_par(instrument.underlying, *quote.index_price, quote.ts, "index_price");
}

Status Market::screen_price(AssetId id, const AssetPrice& price) {
    if (accepts_suspect_) return Ok{};
    if (Status par = screen_par(id, price.price, price.ts, "price"); !par) return par;
    return plausible_price(price);
}

/// What is refused leaves a doubt behind: nobody may take 1 in its place.
Status Market::screen_par(AssetId id, double price, Timestamp ts, std::string_view field) {
    if (!counts_at_par(id)) return Ok{};
    Status plausible = plausible_par(price, field);
    Asset& asset = assets_[id];
    if (!plausible && (!asset.doubted || *asset.doubted < ts)) {
        asset.doubted = ts;
        touch(asset.version);
    }
    return plausible;
}

void Market::offer_index(InstrumentId id) {
    if (!is_money(instruments_[id].quote_asset)) return;
    offer(assets_[instruments_[id].underlying], index_of(id));
}

void Market::offer(Asset& asset, AssetPrice price) {
    if (asset.price && !prices_lead(*asset.price, price)) return;
    // An index is as unsure as the last price record said: none of its own says less.
    if (asset.stated) price.confidence = std::max(price.confidence, asset.stated->confidence);
    asset.price = std::move(price);
    touch(asset.version);
}

/// The price of an asset out of all that there is, where one that gave it no longer does.
void Market::find_price(AssetId id) {
    Asset& asset = assets_[id];
    asset.price = asset.stated;
    touch(asset.version);
    for (InstrumentId i = 0; i < instruments_.size(); ++i) {
        if (has_terms_[i] && instruments_[i].underlying == id && instruments_[i].index) offer_index(i);
    }
}

}  // namespace tidemark::market
