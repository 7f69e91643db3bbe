#include "desk/vol/vol_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "convert/vol_record.hpp"
#include "desk/vol/implied_terms.hpp"
#include "desk/vol/realized_record.hpp"
#include "market/freshness.hpp"
#include "vol/headline/headline.hpp"

namespace tidemark::desk {
namespace {

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
vol::Foreseen foreseen_of(const record::RealizedVol& realized, const VolOptions& options) {
    std::vector<vol::Foreseen> forecasts;
    for (const record::VolForecast& forecast : realized.forecast)
        forecasts.push_back({forecast.horizon_days, forecast.annual_vol});
    return vol::foreseen_over(forecasts, blend_days(options),
                              {days_of(options.horizon_ms), realized.annual_vol});
}

Status put_headline(record::Vol& out, const ImpliedTerms& implied, Timestamp newest,
                    const VolOptions& options) {
    vol::HeadlineInput input{{}, {}, implied.older.at_horizon, options.policy.weights()};
    convert::BlendTerms terms{options.policy.id};
    if (out.implied) {
        const market::Freshness ticker{options.ticker_max_age_ms};
        input.implied = {AnnualVol{out.implied->annual_vol}, ticker.holds(implied.newest, newest)};
        out.ts = out.implied->as_of_ts;
    }
    if (out.realized) {
        const market::Freshness candle{options.candle_max_age_ms};
        const vol::Foreseen foreseen = foreseen_of(*out.realized, options);
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
                               const VolSource* source, DayFits& fits, Timestamp newest,
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
    if (source != nullptr && source->bars) put_bars(out, *source, fits, options);
    if (const Status put = put_headline(out, implied, newest, options); !put) return put.error();
    if (const Status put = put_anchor(out, source, implied, options); !put) return put.error();
    return out;
}

}  // namespace tidemark::desk
