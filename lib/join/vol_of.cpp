#include "join/vol_of.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "join/realized_of.hpp"
#include "join/svi_of.hpp"
#include "vol/blend.hpp"
#include "vol/smile.hpp"
#include "vol/term_structure.hpp"

namespace tidemark::join {
namespace {

struct ExpiryQuotes {
    std::vector<vol::SmileQuote> quotes;
    std::vector<double> forwards;
    std::vector<const market::Instrument*> options;
    Timestamp newest, oldest;
};

double median(std::vector<double> values) {
    const std::size_t middle = values.size() / 2;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle), values.end());
    return values[middle];
}

using Chain = std::map<std::int64_t, ExpiryQuotes>;

Chain chain_of(const market::Market& market, market::AssetId underlying, const VolOptions& options) {
    Timestamp newest;
    const auto usable = [&](const market::Instrument& i) {
        return i.underlying == underlying && i.terms.kind == market::ContractKind::option && i.quote &&
               i.quote->mark_vol && i.quote->forward_price && i.terms.expiry;
    };
    for (market::InstrumentId id = 0; id < market.instruments(); ++id) {
        if (usable(market.instrument(id))) newest = std::max(newest, market.instrument(id).quote->ts);
    }
    Chain chain;
    for (market::InstrumentId id = 0; id < market.instruments(); ++id) {
        const market::Instrument& i = market.instrument(id);
        if (!usable(i) || newest.ms - i.quote->ts.ms > options.ticker_max_age_ms || *i.terms.expiry <= newest)
            continue;
        ExpiryQuotes& expiry = chain[i.terms.expiry->ms];
        expiry.quotes.push_back({i.terms.strike, i.terms.option_type, *i.quote->mark_vol});
        expiry.forwards.push_back(*i.quote->forward_price);
        expiry.options.push_back(&i);
        expiry.newest = std::max(expiry.newest, i.quote->ts);
        expiry.oldest = expiry.forwards.size() == 1 ? i.quote->ts : std::min(expiry.oldest, i.quote->ts);
    }
    return chain;
}

record::VolTerm term_of(std::int64_t expiry_ms, const ExpiryQuotes& expiry) {
    record::VolTerm term;
    term.expiry_ts = Timestamp{expiry_ms};
    term.years = years_between(expiry.newest, term.expiry_ts).value();
    term.forward_price = median(expiry.forwards);
    const auto smile =
        vol::smile_summary(expiry.quotes, tidemark::Price{term.forward_price}, YearFraction{term.years});
    if (!smile || !smile->atm_vol) {
        term.status = record::TermStatus::missing;
        return term;
    }
    term.atm_vol = smile->atm_vol;
    term.rr25 = smile->rr25;
    term.bf25 = smile->bf25;
    term.status = smile->rr25 && smile->bf25 ? record::TermStatus::ok : record::TermStatus::partial;
    return term;
}

/// The skew of the first term at or beyond the horizon that is wholly quoted, or of the last before it.
void put_skew(record::ImpliedVol& implied, const std::vector<record::VolTerm>& terms) {
    for (const record::VolTerm& term : terms) {
        if (term.status != record::TermStatus::ok) continue;
        implied.rr25 = term.rr25;
        implied.bf25 = term.bf25;
        if (term.years >= implied.horizon_years) return;
    }
}

std::optional<record::ImpliedVol> at_horizon(const std::vector<record::VolTerm>& terms, Timestamp oldest,
                                             const VolOptions& options) {
    std::vector<vol::TermVol> vols;
    for (const record::VolTerm& term : terms) {
        if (term.atm_vol) vols.push_back({YearFraction{term.years}, AnnualVol{*term.atm_vol}});
    }
    const auto structure = vol::TermStructure::make(vols);
    if (!structure) return std::nullopt;
    record::ImpliedVol implied;
    implied.horizon_years = static_cast<double>(options.horizon_ms) / ms_per_year;
    const auto at = structure->vol_at(YearFraction{implied.horizon_years});
    if (!at) return std::nullopt;
    implied.annual_vol = at->value();
    implied.as_of_ts = oldest;
    put_skew(implied, terms);
    return implied;
}

void put_bars(record::Vol& out, const VolSource& source, DayFits& fits, const VolOptions& options) {
    const auto some = [](std::int64_t count) { return count > 0 ? std::optional{count} : std::nullopt; };
    const vol::BarSeries& bars = *source.bars;
    out.samples = bars.samples();
    out.gaps = bars.gaps();
    out.halts = some(bars.halts());
    out.zero_volume_bars = some(bars.untraded());
    out.suspect_bars = some(bars.suspects());
    out.realized = realized_of(source, fits, options);
    out.stress_prob = stress_prob_of(source, fits, options);
}

/// The longest term at the money, where there are no bars: the market's own view of the long run.
Status put_anchor(record::Vol& out, const VolSource* source, const VolOptions& options) {
    if (source != nullptr && source->bars) {
        if (const auto anchor = anchor_of(*source, options)) {
            out.base_annual_vol = anchor->annual_vol;
            out.base_estimator = options.anchor;
            out.anchor = anchor->made;
            return Ok{};
        }
    }
    for (const record::VolTerm& term : out.terms) {
        if (!term.atm_vol) continue;
        out.base_annual_vol = *term.atm_vol;
        out.base_estimator = "implied, longest term";
    }
    if (out.base_annual_vol > 0.0) return Ok{};
    return Error{
        Errc::not_enough_data,
        fmt::format("no long-run volatility of {}: too few bars and no option marks", out.underlying), "", 0};
}

/// What the realised volatility is foreseen to be over the horizon; as it is, where its estimator knows no
/// term.
record::VolForecast realized_at_horizon(const record::RealizedVol& realized, const VolOptions& options) {
    const double horizon = blend_days(options);
    for (const record::VolForecast& forecast : realized.forecast) {
        if (forecast.horizon_days == horizon) return forecast;
    }
    return {static_cast<double>(options.horizon_ms) / ms_per_day, realized.annual_vol};
}

std::string_view name_of(const vol::Blend& blend, const record::Vol& out) {
    if (blend.rule == vol::BlendRule::weighted) return "blend";
    return blend.implied_share == 0.0 && blend.rule != vol::BlendRule::floored ? out.realized->estimator
                                                                               : "implied";
}

Status put_headline(record::Vol& out, Timestamp implied_newest, Timestamp newest, const VolOptions& options) {
    std::optional<vol::BlendInput> implied, realized;
    record::VolForecast foreseen;
    if (out.implied) {
        implied = {AnnualVol{out.implied->annual_vol},
                   newest.ms - implied_newest.ms <= options.ticker_max_age_ms};
        out.ts = out.implied->as_of_ts;
    }
    if (out.realized) {
        foreseen = realized_at_horizon(*out.realized, options);
        realized = {AnnualVol{foreseen.annual_vol},
                    newest.ms - out.realized->as_of_ts.ms <= options.candle_max_age_ms};
        out.ts = std::max(out.ts, out.realized->as_of_ts);
    }
    const auto blend = vol::blend(implied, realized, options.policy.weights());
    if (!blend)
        return Error{Errc::not_enough_data,
                     fmt::format("no volatility of {}: too few bars and no option marks", out.underlying), "",
                     0};
    out.annual_vol = blend->annual_vol.value();
    out.estimator = name_of(*blend, out);
    if (blend->rule == vol::BlendRule::alone) return Ok{};
    out.blend = {options.policy.id,     vol::blend_rule_name(blend->rule),
                 foreseen.horizon_days, out.implied->annual_vol,
                 foreseen.annual_vol,   blend->implied_share,
                 blend->realized_share};
    return Ok{};
}

}  // namespace

ImpliedTerms implied_terms(const market::Market& market, market::AssetId underlying,
                           const VolOptions& options) {
    ImpliedTerms out;
    Timestamp oldest;
    for (const auto& [expiry_ms, expiry] : chain_of(market, underlying, options)) {
        oldest = out.terms.empty() ? expiry.oldest : std::min(oldest, expiry.oldest);
        out.newest = std::max(out.newest, expiry.newest);
        out.terms.push_back(term_of(expiry_ms, expiry));
        if (options.svi) put_svi(out.terms.back(), expiry.options);
    }
    put_calendar_crossings(out.terms);
    if (!out.terms.empty()) out.at_horizon = at_horizon(out.terms, oldest, options);
    return out;
}

Result<record::Vol> vol_record(const market::Market& market, std::string_view underlying,
                               const VolSource* source, DayFits& fits, Timestamp newest,
                               const VolOptions& options) {
    record::Vol out;
    Timestamp implied_newest;
    out.underlying = underlying;
    out.days_per_year = options.days_per_year;
    if (const auto id = market.find_asset(underlying)) {
        ImpliedTerms implied = implied_terms(market, *id, options);
        out.terms = std::move(implied.terms);
        out.implied = implied.at_horizon;
        implied_newest = implied.newest;
    }
    if (source != nullptr && source->bars) put_bars(out, *source, fits, options);
    if (const Status put = put_headline(out, implied_newest, newest, options); !put) return put.error();
    if (const Status put = put_anchor(out, source, options); !put) return put.error();
    return out;
}

}  // namespace tidemark::join
