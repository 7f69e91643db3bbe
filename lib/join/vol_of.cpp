#include "join/vol_of.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "join/implied_terms.hpp"

namespace tidemark::join {
namespace {

/// Gives the one in use; 0 where it had too few bars.
double put_estimates(const vol::RunningVol& all, const vol::RunningVol& window, const VolOptions& options,
                     json::Named& out) {
    double in_use = 0.0;
    for (const vol::Estimator& estimator : vol::estimators()) {
        const auto vol = estimator.of(vol::decays(estimator.name) ? all : window);
        if (!vol) continue;
        out.emplace_back(estimator.name, vol->value());
        if (estimator.name == options.estimator) in_use = vol->value();
    }
    return in_use;
}

std::optional<record::RealizedVol> realized_of(const vol::BarSeries& bars, const VolOptions& options) {
    record::RealizedVol realized;
    realized.estimator = options.estimator;
    realized.as_of_ts = bars.last_close();
    realized.interval_ms = bars.interval_ms();
    realized.annual_vol = put_estimates(bars.all(), bars.window(), options, realized.estimates);
    if (!(realized.annual_vol > 0.0)) return std::nullopt;
    if (bars.suspects() > 0) {
        record::ScreenedVol& screened = realized.screened.emplace();
        screened.annual_vol =
            put_estimates(bars.all_screened(), bars.window_screened(), options, screened.estimates);
        const auto anchor = vol::find(options.anchor)->of(bars.all_screened());
        if (anchor) screened.base_annual_vol = anchor->value();
    }
    return realized;
}

void put_bars(record::Vol& out, const vol::BarSeries& bars, const VolOptions& options) {
    const auto some = [](std::int64_t count) { return count > 0 ? std::optional{count} : std::nullopt; };
    out.samples = bars.samples();
    out.gaps = bars.gaps();
    out.halts = some(bars.halts());
    out.zero_volume_bars = some(bars.untraded());
    out.suspect_bars = some(bars.suspects());
    out.realized = realized_of(bars, options);
}

/// The longest term at the money, where there are no bars: the market's own view of the long run.
Status put_anchor(record::Vol& out, const VolSource* source, const VolOptions& options) {
    if (source != nullptr && source->bars) {
        const auto anchor = vol::find(options.anchor)->of(source->bars->all());
        if (anchor && anchor->value() > 0.0) {
            out.base_annual_vol = anchor->value();
            out.base_estimator = options.anchor;
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

Status put_headline(record::Vol& out, Timestamp newest, const VolOptions& options) {
    const bool fresh = out.realized && newest.ms - out.realized->as_of_ts.ms <= options.candle_max_age_ms;
    if (out.implied) {
        out.annual_vol = out.implied->annual_vol;
        out.estimator = "implied";
        out.ts = out.implied->as_of_ts;
    }
    if (out.realized && (fresh || !out.implied) && out.realized->annual_vol > out.annual_vol) {
        out.annual_vol = out.realized->annual_vol;
        out.estimator = out.realized->estimator;
        out.ts = out.realized->as_of_ts;
    }
    if (out.annual_vol > 0.0) return Ok{};
    return Error{Errc::not_enough_data,
                 fmt::format("no volatility of {}: too few bars and no option marks", out.underlying), "", 0};
}

}  // namespace

Result<record::Vol> vol_record(const market::Market& market, std::string_view underlying,
                               const VolSource* source, Timestamp newest, const VolOptions& options) {
    record::Vol out;
    out.underlying = underlying;
    out.days_per_year = options.days_per_year;
    if (const auto id = market.find_asset(underlying)) {
        ImpliedTerms implied = implied_terms(market, *id, options);
        out.terms = std::move(implied.terms);
        out.implied = implied.at_horizon;
    }
    if (source != nullptr && source->bars) put_bars(out, *source->bars, options);
    if (const Status put = put_headline(out, newest, options); !put) return put.error();
    if (const Status put = put_anchor(out, source, options); !put) return put.error();
    return out;
}

}  // namespace tidemark::join
