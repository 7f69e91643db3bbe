#include "vol/realized_vol.hpp"

#include <algorithm>

#include "vol/bars/annualise.hpp"
#include "vol/garch/garch_forecast.hpp"

namespace tidemark::vol {
namespace {

constexpr std::string_view stand_in = RiskMetrics2006Sum::name;

/// 0 where it has none.
AnnualVol vol_by(std::span<const Estimate> estimates, const Estimator& by) {
    const auto at = std::find_if(estimates.begin(), estimates.end(), [&by](const Estimate& estimate) {
        return estimate.by == &by && estimate.annual_vol;
    });
    return at == estimates.end() ? AnnualVol{} : *at->annual_vol;
}

std::vector<Estimate> by_bars(const RunningVol& whole, const RunningVol& window) {
    std::vector<Estimate> out;
    for (const Estimator& estimator : bar_estimators()) {
        const BarSum& sum = *estimator.bars();
        if (const auto vol = sum.of(sum.decays ? whole : window))
            out.push_back({&estimator, *vol, std::nullopt, std::nullopt});
    }
    return out;
}

Estimate refused(const Estimator& by, const Error& why) {
    return {&by, std::nullopt, std::nullopt, why};
}

Estimate by_returns(const Estimator& by, const BarSeries& bars, const RealizedRules& rules) {
    std::vector<double> returns;
    for (const TimedReturn& move : bars.returns()) returns.push_back(move.log_return);
    const auto variance = by.returns()->variance(returns, bars.interval_ms());
    if (!variance) return refused(by, variance.error());
    const double days =
        static_cast<double>(returns.size()) * static_cast<double>(bars.interval_ms()) / ms_per_day;
    return {&by, annualise(*variance / days, rules.days_per_year), std::nullopt, std::nullopt};
}

/// At a persistence of 1 neither half life nor long run is there.
void put_long_run(DayFigures& out, const GarchFit& fit, const RealizedRules& rules) {
    if (fit.status != FitStatus::converged) return;
    const auto forecast =
        garch_forecast(fit.spec.model, fit.spec.innovation, fit.parameters, fit.next_variance, 1);
    if (!forecast) return;
    out.half_life_days = forecast->half_life;
    if (forecast->unconditional) out.long_run = annualise(*forecast->unconditional, rules.days_per_year);
}

DayFigures figures_of(const DayModelFit& fit, const DailyMoves& moves, const RealizedRules& rules) {
    DayFigures out{&fit, {}, {}, {}};
    const GarchFit* const garch = fit.garch();
    if (garch == nullptr) return out;
    if (const auto run = garch_filter(moves.returns, garch->spec, garch->parameters))
        out.residual_scale =
            residual_scale(residuals_of(moves.returns, garch->parameters.mu, run->variances));
    put_long_run(out, *garch, rules);
    return out;
}

/// Its forecast by horizon is put where it is the estimator in use.
Estimate by_days(const Estimator& by, DayFits& fits, const RealizedRules& rules,
                 std::vector<Foreseen>& forecast) {
    const auto& fit = fits.fit(by, rules.horizons);
    if (!fit) return refused(by, fit.error());
    Estimate out{&by, std::nullopt, figures_of(*fit, fits.moves(), rules), std::nullopt};
    const auto vols = forecast_days(*by.days(), *fit, fits.moves(), rules.horizons, rules.days_per_year);
    if (!vols) {
        out.refused = vols.error();
        return out;
    }
    out.annual_vol = vols->front();
    if (&by != rules.in_use) return out;
    for (std::size_t i = 0; i < rules.horizons.size(); ++i)
        forecast.push_back({static_cast<double>(rules.horizons[i]), (*vols)[i].value()});
    return out;
}

Estimate by_trades(const Estimator& by, const TradeTape& tape) {
    const auto vol = tape.annual_vol();
    if (!vol) return refused(by, vol.error());
    return {&by, *vol, std::nullopt, std::nullopt};
}

ScreenedVol screened_vol(const BarSeries& bars, const Estimator& estimator, const BarSum& anchor) {
    ScreenedVol out;
    out.estimates = by_bars(bars.all_screened(), bars.window_screened());
    if (estimator.bars() != nullptr) out.annual_vol = vol_by(out.estimates, estimator);
    if (const auto vol = anchor.of(bars.all_screened())) out.anchor = *vol;
    return out;
}

}  // namespace

std::optional<RealizedVol> realized_vol(const BarSeries& bars, const std::optional<TradeTape>& tape,
                                        DayFits& fits, const RealizedRules& rules) {
    RealizedVol out;
    out.estimator = rules.in_use;
    out.estimates = by_bars(bars.all(), bars.window());
    for (const Estimator* by : rules.asked) {
        if (by->returns() != nullptr) out.estimates.push_back(by_returns(*by, bars, rules));
        if (by->days() != nullptr) out.estimates.push_back(by_days(*by, fits, rules, out.forecast));
        if (by->trades() && tape) out.estimates.push_back(by_trades(*by, *tape));
    }
    out.annual_vol = vol_by(out.estimates, *rules.in_use);
    if (!(out.annual_vol.value() > 0.0) && rules.in_use->bars() == nullptr) {
        out.estimator = find(stand_in);
        out.stands_in = true;
        out.annual_vol = vol_by(out.estimates, *out.estimator);
    }
    if (!(out.annual_vol.value() > 0.0)) return std::nullopt;
    if (bars.suspects() > 0) out.screened = screened_vol(bars, *out.estimator, *rules.anchor);
    return out;
}

}  // namespace tidemark::vol
