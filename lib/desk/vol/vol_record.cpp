#include "desk/vol/vol_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "desk/vol/implied_terms.hpp"
#include "desk/vol/realized_record.hpp"
#include "vol/headline/blend.hpp"

namespace tidemark::desk {
namespace {

constexpr std::int64_t least_anchor_ms = 30 * ms_per_day;

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

/// The volatility at the money of the longest term that has one; 0 where none has.
double longest_vol(const std::vector<record::VolTerm>& terms) {
    double longest = 0.0;
    for (const record::VolTerm& term : terms) longest = term.atm_vol.value_or(longest);
    return longest;
}

/// The longest term at the money, where there are no bars: the market's own view of the long run. A history
/// of a few days says little of the long run: then the greater of the two.
Status put_anchor(record::Vol& out, const VolSource* source, const ImpliedTerms& implied,
                  const VolOptions& options) {
    const double longest = std::max(longest_vol(out.terms), longest_vol(implied.older_terms));
    if (source != nullptr && source->bars) {
        const auto anchor = anchor_of(*source, options);
        const bool few_days = source->bars->samples() * source->bars->interval_ms() < least_anchor_ms;
        if (anchor && !(few_days && anchor->annual_vol < longest)) {
            out.base_annual_vol = anchor->annual_vol;
            out.base_estimator = options.anchor;
            out.anchor = anchor->made;
            return Ok{};
        }
    }
    out.base_annual_vol = longest;
    out.base_estimator = "implied, longest term";
    if (longest > 0.0) return Ok{};
    return Error{
        Errc::not_enough_data,
        fmt::format("no long-run volatility of {}: too few bars and no option marks", out.underlying), "", 0};
}

/// Marks that are too old to count never lower the headline by being left out: where it was higher with them,
/// it stays.
void put_older(record::Vol& out, const ImpliedTerms& implied) {
    if (!implied.older || implied.older->annual_vol <= out.annual_vol) return;
    out.annual_vol = implied.older->annual_vol;
    out.estimator = "implied, older marks";
    out.blend.reset();
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
    if (source != nullptr && source->bars) put_bars(out, *source, fits, options);
    if (const Status put = put_headline(out, implied.newest, newest, options); !put) return put.error();
    put_older(out, implied);
    if (const Status put = put_anchor(out, source, implied, options); !put) return put.error();
    return out;
}

}  // namespace tidemark::desk
