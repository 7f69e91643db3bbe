// What a desk keeps between runs.
#include <algorithm>
#include <tuple>

#include "core/state_part.hpp"
#include "desk/vol/vol_filter.hpp"

namespace tidemark::desk {
namespace {

constexpr StatePart settings_part{"settings", 1};
constexpr StatePart sources_part{"underlyings", 1};
constexpr StatePart options_part{"option quotes", 1};

constexpr auto quote_fields() {
    using T = market::Quote;
    return std::tuple{&T::ts,        &T::mark_price, &T::index_price,  &T::forward_price,
                      &T::bid_price, &T::ask_price,  &T::mark_vol,     &T::bid_vol,
                      &T::ask_vol,   &T::in_coin,    &T::open_interest};
}

void put_terms(ByteSink& out, const market::Terms& terms) {
    out.put_text(terms.underlying);
    out.put_text(terms.quote_asset);
    out.put_text(terms.settle_asset);
    out.put(terms.kind);
    out.put(terms.expiry);
    out.put(terms.strike);
    out.put(terms.option_type);
}

bool get_terms(ByteSource& in, market::Terms& terms) {
    return in.get_text(terms.underlying) && in.get_text(terms.quote_asset) &&
           in.get_text(terms.settle_asset) && in.get_word(terms.kind, market::ContractKind::option) &&
           in.get(terms.expiry, terms.strike) && in.get_word(terms.option_type, pricing::OptionType::put);
}

struct KeptOption {
    std::string symbol;
    std::optional<market::Terms> terms;  // where the symbol does not say them
    std::optional<market::Quote> quote;
};

bool get_option(ByteSource& in, KeptOption& option) {
    bool stated = false, quoted = false;
    return in.get_text(option.symbol) && in.get(stated) &&
           (!stated || get_terms(in, option.terms.emplace())) && in.get(quoted) &&
           (!quoted || in.get_fields(option.quote.emplace(), quote_fields()));
}

}  // namespace

void VolFilter::save(ByteSink& out) const {
    ByteSink settings;
    settings.put(options_.window_ms);
    settings.put(options_.days_per_year);
    settings.put(options_.trade_bars_ms);
    settings.put(newest());
    put_part(out, settings_part, settings);
    sources_.save(out);
    save_options(out);
}

Status VolFilter::load(ByteSource& in) {
    if (Status loaded = load_settings(in); !loaded) return loaded;
    if (Status loaded = sources_.load(in); !loaded) return loaded;
    if (Status loaded = load_options(in); !loaded) return loaded;
    return in.at_end() ? Status{Ok{}} : damaged_part(options_part);
}

Status VolFilter::load_settings(ByteSource& in) {
    auto settings = get_part(in, settings_part);
    if (!settings) return settings.error();
    std::int64_t window_ms = 0, trade_bars_ms = 0;
    double year_days = 0.0;
    if (!settings->get(window_ms, year_days, trade_bars_ms, newest_before_) || !settings->at_end())
        return damaged_part(settings_part);
    if (window_ms == options_.window_ms && year_days == options_.days_per_year &&
        trade_bars_ms == options_.trade_bars_ms)
        return Ok{};
    return Error{Errc::conflict,
                 "want the --window, --days-per-year and --trade-bars that the state was kept with", "", 0};
}

/// Terms that the symbol itself says are not kept, so that an instrument record of any time may change them.
void VolFilter::save_options(ByteSink& out) const {
    std::int64_t count = 0;
    ByteSink all;
    for (market::InstrumentId id = 0; id < market_.instruments(); ++id) {
        const market::Instrument& instrument = market_.instrument(id);
        if (instrument.terms.kind != market::ContractKind::option) continue;
        const auto parsed = market::parse_symbol(market_.symbol(id));
        const bool stated = !parsed || !(*parsed == instrument.terms) || !instrument.quote;
        ++count;
        all.put_text(market_.symbol(id));
        all.put(stated);
        if (stated) put_terms(all, instrument.terms);
        all.put(instrument.quote.has_value());
        if (instrument.quote) all.put_fields(*instrument.quote, quote_fields());
    }
    ByteSink kept;
    kept.put(count);
    kept.put_text(all.bytes());
    put_part(out, options_part, kept);
}

Status VolFilter::load_options(ByteSource& in) {
    auto kept = get_part(in, options_part);
    if (!kept) return kept.error();
    std::int64_t count = 0;
    std::string_view bytes;
    if (!kept->get(count) || !kept->get_view(bytes) || !kept->at_end()) return damaged_part(options_part);
    ByteSource all{bytes};
    for (std::int64_t i = 0; i < count; ++i) {
        KeptOption option;
        if (!get_option(all, option)) return damaged_part(options_part);
        if (option.terms) {
            if (Status put = market_.put_terms(option.symbol, *option.terms, std::nullopt); !put) return put;
        }
        if (option.quote) {
            if (Status put = market_.put_quote(option.symbol, *option.quote); !put) return put;
        }
    }
    return all.at_end() ? Status{Ok{}} : damaged_part(options_part);
}

void VolSources::save(ByteSink& out) const {
    ByteSink kept;
    kept.put(static_cast<std::int64_t>(all_.size()));
    for (const auto& [underlying, source] : all_) {
        kept.put_text(underlying);
        kept.put_text(source.symbol);
        kept.put(source.bars.has_value());
        if (!source.bars) continue;
        source.bars->save(kept);
        source.history->save(kept);
        kept.put(source.tape.has_value());
        if (source.tape) source.tape->save(kept);
    }
    put_part(out, sources_part, kept);
}

Status VolSources::load(ByteSource& in) {
    auto kept = get_part(in, sources_part);
    if (!kept) return kept.error();
    std::int64_t count = 0;
    if (!kept->get(count)) return damaged_part(sources_part);
    for (std::int64_t i = 0; i < count; ++i) {
        if (Status loaded = load_source(*kept); !loaded) return loaded;
    }
    return kept->at_end() ? Status{Ok{}} : damaged_part(sources_part);
}

Status VolSources::load_source(ByteSource& in) {
    std::string underlying, symbol;
    bool has_bars = false, has_tape = false;
    if (!in.get_text(underlying) || !in.get_text(symbol) || !in.get(has_bars))
        return damaged_part(sources_part);
    const auto at = all_.try_emplace(underlying).first;
    VolSource& source = at->second;
    source.symbol = symbol;
    if (!has_bars) return Ok{};
    auto bars = vol::BarSeries::load(in);
    if (!bars) return bars.error();
    newest_ = std::max(newest_, bars->last_close());
    source.bars = *std::move(bars);
    auto history = vol::DailyHistory::load(in);
    if (!history) return history.error();
    source.history = *std::move(history);
    if (!in.get(has_tape)) return damaged_part(sources_part);
    if (has_tape) {
        Status loaded = source.tape.emplace(source.bars->interval_ms()).load(in);
        if (!loaded) return loaded;
    }
    symbols_.intern(symbol);
    by_symbol_.push_back(&*at);
    return Ok{};
}

}  // namespace tidemark::desk
