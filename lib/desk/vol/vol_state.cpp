// What a desk keeps between runs.
#include "desk/vol/vol_filter.hpp"

namespace tidemark::desk {
namespace {

Error damaged() {
    return {Errc::truncated, "the state does not hold what its heading says", "", 0};
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
           in.get_text(terms.settle_asset) &&
           in.get(terms.kind, terms.expiry, terms.strike, terms.option_type);
}

}  // namespace

std::size_t VolFilter::state_layout() {
    return (vol::BarSeries::state_layout() * 1000 + sizeof(market::Quote)) * 1000 + sizeof(vol::DaySum) +
           sizeof(vol::TradeTape);
}

void VolFilter::save(ByteSink& out) const {
    out.put(options_.window_ms);
    out.put(options_.days_per_year);
    out.put(options_.trade_bars_ms);
    out.put(newest());
    sources_.save(out);
    save_options(out);
}

Status VolFilter::load(ByteSource& in) {
    std::int64_t window_ms = 0, trade_bars_ms = 0;
    double days_per_year = 0.0;
    if (!in.get(window_ms, days_per_year, trade_bars_ms, newest_before_)) return damaged();
    if (window_ms != options_.window_ms || days_per_year != options_.days_per_year ||
        trade_bars_ms != options_.trade_bars_ms)
        return Error{Errc::conflict,
                     "want the --window, --days-per-year and --trade-bars that the state was kept with", "",
                     0};
    if (Status loaded = sources_.load(in); !loaded) return loaded;
    if (Status loaded = load_options(in); !loaded) return loaded;
    return in.at_end() ? Status{Ok{}} : damaged();
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
        if (instrument.quote) all.put(*instrument.quote);
    }
    out.put(count);
    out.put_text(all.bytes());
}

Status VolFilter::load_options(ByteSource& in) {
    std::int64_t count = 0;
    std::string bytes;
    if (!in.get(count) || !in.get_text(bytes)) return damaged();
    ByteSource all{bytes};
    for (std::int64_t i = 0; i < count; ++i) {
        std::string symbol;
        bool stated = false, quoted = false;
        market::Terms terms;
        market::Quote quote;
        if (!all.get_text(symbol) || !all.get(stated) || (stated && !get_terms(all, terms)) ||
            !all.get(quoted) || (quoted && !all.get(quote)))
            return damaged();
        if (stated) {
            if (Status put = market_.put_terms(symbol, terms, std::nullopt); !put) return put;
        }
        if (quoted) {
            if (Status put = market_.put_quote(symbol, quote); !put) return put;
        }
    }
    return all.at_end() ? Status{Ok{}} : damaged();
}

void VolSources::save(ByteSink& out) const {
    out.put(static_cast<std::int64_t>(all_.size()));
    for (const auto& [underlying, source] : all_) {
        out.put_text(underlying);
        out.put_text(source.symbol);
        out.put(source.bars.has_value());
        if (!source.bars) continue;
        source.bars->save(out);
        source.history->save(out);
        out.put(source.tape.has_value());
        if (source.tape) out.put(*source.tape);
    }
}

Status VolSources::load(ByteSource& in) {
    std::int64_t count = 0;
    if (!in.get(count)) return damaged();
    for (std::int64_t i = 0; i < count; ++i) {
        std::string underlying, symbol;
        bool has_bars = false;
        if (!in.get_text(underlying) || !in.get_text(symbol) || !in.get(has_bars)) return damaged();
        const auto at = all_.try_emplace(underlying).first;
        at->second.symbol = symbol;
        if (!has_bars) continue;
        auto bars = vol::BarSeries::load(in);
        if (!bars) return bars.error();
        newest_ = std::max(newest_, bars->last_close());
        at->second.bars = *std::move(bars);
        auto history = vol::DailyHistory::load(in);
        if (!history) return history.error();
        at->second.history = *std::move(history);
        bool has_tape = false;
        if (!in.get(has_tape)) return damaged();
        if (has_tape && !in.get(at->second.tape.emplace(at->second.bars->interval_ms()))) return damaged();
        symbols_.intern(symbol);
        by_symbol_.push_back(&*at);
    }
    return Ok{};
}

}  // namespace tidemark::desk
