// The steps of a telescope after its clock has moved: what differs, and how it is switched.
#include <map>

#include "attribution/market_path.hpp"

namespace tidemark::attribution {
namespace {

/// The same quote, whenever it was made.
bool same_but_time(market::Quote a, const market::Quote& b) {
    a.ts = b.ts;
    return a == b;
}

template <class State>
bool same_but_time(const std::optional<State>& a, const std::optional<State>& b) {
    if (!a || !b) return a.has_value() == b.has_value();
    State aged = *a;
    aged.ts = b->ts;
    return aged == *b;
}

/// The second record with the anchor and the skew of the first.
market::VolState headline_of(const market::VolState& first, const market::VolState& second) {
    market::VolState out = second;
    out.base_annual_vol = first.base_annual_vol;
    out.rr25 = first.rr25;
    out.bf25 = first.bf25;
    return out;
}

bool same_headline(const std::optional<market::VolState>& a, const std::optional<market::VolState>& b) {
    if (!a || !b) return a.has_value() == b.has_value();
    market::VolState headline = headline_of(*a, *b);
    headline.ts = a->ts;
    return headline == *a;
}

std::optional<double> price_of(const market::Asset& asset) {
    return asset.price ? std::optional{asset.price->price} : std::nullopt;
}

/// The level that a quote gives its underlying.
std::optional<double> level_of(const market::Quote& quote, market::ContractKind kind) {
    return kind == market::ContractKind::option ? quote.forward_price : quote.mark_price;
}

std::optional<double> mean_off_diagonal(const market::CorrelationSnapshot& correlation) {
    double sum = 0.0;
    int count = 0;
    for (std::size_t i = 0; i < correlation.matrix.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j, ++count) sum += correlation.matrix[i][j];
    }
    return count == 0 ? std::nullopt : std::optional{sum / count};
}

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : " ") + name;
    return out;
}

}  // namespace

void MarketPath::add_contracts() {
    for (Pair& pair : pairs_) {
        if (pair.before->terms == pair.after->terms) continue;
        add({Cause::contract, pair.symbol, std::nullopt, std::nullopt, ""}, [this, &pair] {
            state_.listings.at(pair.symbol).terms = pair.after->terms;
            if (pair.is_option) put_quote(pair);
        });
    }
}

/// The first level that moved: of the asset itself, or of what is quoted of it.
std::optional<Change> MarketPath::price_change(const std::string& name) const {
    const std::optional<double> from = price_of(before_.assets.at(name)),
                                to = price_of(after_.assets.at(name));
    if (from != to) return Change{Cause::price, name, from, to, name};
    for (const Pair& pair : pairs_) {
        const auto &a = pair.before->quote, &b = pair.after->quote;
        if (pair.underlying != name || !a || !b) continue;
        const market::ContractKind kind = pair.after->terms.kind;
        const auto old_level = level_of(*a, kind), new_level = level_of(*b, kind);
        if (old_level != new_level) return Change{Cause::price, name, old_level, new_level, name};
        const bool unpriced = kind == market::ContractKind::option && !pair.is_option;
        if (unpriced && !same_but_time(*a, *b)) return Change{Cause::price, name, from, to, name};
    }
    return std::nullopt;
}

void MarketPath::add_prices() {
    for (const auto& [name, asset] : before_.assets) {
        if (const auto change = price_change(name)) add(*change, [this, &name = name] { move_price(name); });
    }
}

void MarketPath::move_price(const std::string& name) {
    const auto &first = before_.assets.at(name).price, &last = after_.assets.at(name).price;
    auto& price = state_.assets.at(name).price;
    price = last;
    if (first && last) price->confidence = first->confidence;
    for (Pair& pair : pairs_) {
        if (pair.underlying != name || !pair.before->quote) continue;
        pair.now.forward = pair.last.forward;
        if (pair.is_option) {
            if (pair.first != pair.last) put_quote(pair);
        } else if (const auto& next = pair.after->quote) {
            state_.listings.at(pair.symbol).quote = next;
        }
    }
}

void MarketPath::add_confidences() {
    for (const auto& [name, asset] : before_.assets) {
        const auto& next = after_.assets.at(name).price;
        if (!asset.price || !next || asset.price->confidence == next->confidence) continue;
        add({Cause::confidence, name, asset.price->confidence, next->confidence, name},
            [this, &name = name, &next] { state_.assets.at(name).price = next; });
    }
}

void MarketPath::add_volatilities() {
    std::map<std::string, std::string> groups;  // to underlyings
    for (const Pair& pair : pairs_) {
        if (pair.is_option && pair.first.vol != pair.last.vol) groups.emplace(pair.group, pair.underlying);
    }
    for (const auto& [group, underlying] : groups) {
        add({Cause::volatility, group, std::nullopt, std::nullopt, underlying}, [this, group = group] {
            for (Pair& pair : pairs_) {
                if (!pair.is_option || pair.group != group) continue;
                pair.now.vol = pair.last.vol;
                if (pair.first != pair.last) put_quote(pair);
            }
        });
    }
}

/// The headline with all else that is known of how wild the underlying is, then the anchor, then the skew.
void MarketPath::add_vol_states() {
    const auto level = [](const std::optional<market::VolState>& state) {
        return state ? std::optional{state->annual_vol} : std::nullopt;
    };
    for (const auto& [name, asset] : before_.assets) {
        const market::Asset& after = after_.assets.at(name);
        const auto &a = asset.vol, &b = after.vol;
        if (same_headline(a, b) && asset.vol_steps == after.vol_steps) continue;
        add({Cause::vol_in_use, name, level(a), level(b), name}, [this, &name = name] {
            market::Asset& here = state_.assets.at(name);
            market::Asset next = after_.assets.at(name);
            next.price = here.price;
            next.liquidity = here.liquidity;
            if (here.vol && next.vol) *next.vol = headline_of(*here.vol, *next.vol);
            here = std::move(next);
        });
    }
    for (const auto& [name, asset] : before_.assets) {
        const auto &a = asset.vol, &b = after_.assets.at(name).vol;
        if (!a || !b || a->base_annual_vol == b->base_annual_vol) continue;
        add({Cause::vol_anchor, name, a->base_annual_vol, b->base_annual_vol, name},
            [this, &name = name, &b] { state_.assets.at(name).vol->base_annual_vol = b->base_annual_vol; });
    }
    for (const auto& [name, asset] : before_.assets) {
        const auto &a = asset.vol, &b = after_.assets.at(name).vol;
        if (!a || !b || (a->rr25 == b->rr25 && a->bf25 == b->bf25)) continue;
        add({Cause::skew, name, a->rr25, b->rr25, name},
            [this, &name = name, &b] { state_.assets.at(name).vol = b; });
    }
}

void MarketPath::add_correlation() {
    const market::CorrelationSnapshot &a = before_.correlation, &b = after_.correlation;
    if (a == b) return;
    add({Cause::correlation, joined(b.assets.empty() ? a.assets : b.assets), mean_off_diagonal(a),
         mean_off_diagonal(b), ""},
        [this] { state_.correlation = after_.correlation; });
}

void MarketPath::add_liquidity() {
    for (const auto& [name, asset] : before_.assets) {
        const auto &a = asset.liquidity, &b = after_.assets.at(name).liquidity;
        if (same_but_time(a, b)) continue;
        const auto spread = [](const std::optional<market::LiquidityState>& state) {
            return state ? std::optional{state->half_spread_rate} : std::nullopt;
        };
        add({Cause::liquidity, name, spread(a), spread(b), name},
            [this, &name = name, &b] { state_.assets.at(name).liquidity = b; });
    }
}

/// Quotes of which nothing else moved.
void MarketPath::add_marks() {
    std::map<std::string, std::vector<const Pair*>> moved;  // by underlying
    for (const Pair& pair : pairs_) {
        const auto &a = pair.before->quote, &b = pair.after->quote;
        if (!a || !b || *a == *b) continue;
        const bool still = pair.is_option ? pair.first == pair.last : a->mark_price == b->mark_price;
        if (still) moved[pair.underlying].push_back(&pair);
    }
    for (auto& [name, pairs] : moved) {
        add({Cause::mark, name, std::nullopt, std::nullopt, name}, [this, pairs = pairs] {
            for (const Pair* pair : pairs) state_.listings.at(pair->symbol).quote = pair->after->quote;
        });
    }
}

}  // namespace tidemark::attribution
