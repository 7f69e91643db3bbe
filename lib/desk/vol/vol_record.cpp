#include "desk/vol/vol_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "convert/vol_record.hpp"
#include "desk/vol/implied_terms.hpp"
#include "desk/vol/realized_of.hpp"
#include "market/freshness.hpp"
#include "vol/headline/headline.hpp"

namespace tidemark::desk {
namespace {

void put_bars(record::Vol& out, const VolSource& source) {
    const auto some = [](std::int64_t count) { return count > 0 ? std::optional{count} : std::nullopt; };
    const vol::BarSeries& bars = *source.bars;
    out.samples = bars.samples();
    out.gaps = bars.gaps();
    out.halts = some(bars.halts());
    out.zero_volume_bars = some(bars.untraded());
    out.suspect_bars = some(bars.suspects());
}

void put_realized(record::Vol& out, const vol::RealizedVol& realized, const VolSource& source, VolFits& fits,
                  const VolOptions& options) {
    out.realized = convert::realized_vol(realized, *source.bars, *vol::find(options.estimator), fits.words);
    out.realized->tails = tails_of(source, fits.days, options);
}

Error not_enough(std::string_view which, const record::Vol& of) {
    const std::string_view marks =
        of.terms.empty() ? "no option marks" : "no expiry whose option strikes bracket its forward";
    return {Errc::not_enough_data,
            fmt::format("no {} of {}: too few bars and {}", which, of.underlying, marks), "", 0};
}

/// What its moves are over a year depends on a calendar that is not known here.
Error closes(std::string_view underlying, const vol::BarSeries& bars) {
    return {
        Errc::bad_series,
        fmt::format("want bars of a market that never closes, or of days; of {}, {} of {} bars due are not "
                    "there, in {} breaks",
                    underlying, bars.gaps(), bars.samples() + bars.gaps(), bars.halts()),
        "", 0};
}

Status put_anchor(record::Vol& out, const VolSource* source, const ImpliedTerms& implied,
                  const VolOptions& options) {
    std::optional<vol::BarAnchor> bars;
    std::int64_t history_ms = 0;
    if (source != nullptr && source->bars) {
        bars = anchor_of(*source, options);
        history_ms = source->bars->samples() * source->bars->interval_ms();
    }
    const double longest = std::max(implied.longest_vol, implied.older.longest_vol);
    const auto anchor = vol::long_run_anchor(bars, history_ms, longest);
    if (!anchor) return not_enough("long-run volatility", out);
    convert::put_anchor(out, *anchor, bars, {options.anchor, options.policy.stressed_weight});
    return Ok{};
}

/// Over the days for which a blend stands.
vol::Foreseen foreseen_of(const vol::RealizedVol& realized, const VolOptions& options) {
    return vol::foreseen_over(realized.forecast, blend_days(options),
                              {days_of(options.horizon_ms), realized.annual_vol.value()});
}

Status put_headline(record::Vol& out, const ImpliedTerms& implied,
                    const std::optional<vol::RealizedVol>& realized, Timestamp newest,
                    const VolOptions& options) {
    vol::HeadlineInput input{{}, {}, implied.older.at_horizon, options.policy.weights()};
    convert::BlendTerms terms{options.policy.id};
    if (out.implied) {
        const market::Freshness ticker{options.ticker_max_age_ms};
        input.implied = {AnnualVol{out.implied->annual_vol}, ticker.holds(implied.newest, newest)};
        out.ts = out.implied->as_of_ts;
    }
    if (realized) {
        const market::Freshness candle{options.candle_max_age_ms};
        const vol::Foreseen foreseen = foreseen_of(*realized, options);
        terms.horizon_days = foreseen.horizon_days;
        input.realized = {AnnualVol{foreseen.annual_vol}, candle.holds(out.realized->as_of_ts, newest)};
        out.ts = std::max(out.ts, out.realized->as_of_ts);
    }
    const auto headline = vol::headline(input);
    if (!headline) return not_enough("volatility", out);
    convert::put_headline(out, *headline, input, terms);
    return Ok{};
}

}  // namespace

Result<record::Vol> vol_record(const market::Market& market, std::string_view underlying,
                               const VolSource* source, VolFits& fits, Timestamp newest,
                               const VolOptions& options) {
    record::Vol out;
    ImpliedTerms implied;
    out.underlying = underlying;
    out.days_per_year = options.days_per_year;
    if (const auto id = market.find_asset(underlying)) {
        implied = implied_terms(market, *id, options);
        out.terms = std::move(implied.terms);
        out.implied = implied.at_horizon;
    }
    if (source != nullptr && source->bars && source->bars->sessions())
        return closes(underlying, *source->bars);
    fits.words.clear();
    std::optional<vol::RealizedVol> realized;
    if (source != nullptr && source->bars) {
        put_bars(out, *source);
        realized = realized_of(*source, fits.days, options);
        if (realized) put_realized(out, *realized, *source, fits, options);
        out.stress_prob = stress_prob_of(fits.days, options);
    }
    if (const Status put = put_headline(out, implied, realized, newest, options); !put) return put.error();
    if (const Status put = put_anchor(out, source, implied, options); !put) return put.error();
    return out;
}

}  // namespace tidemark::desk
