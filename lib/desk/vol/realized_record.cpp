#include "desk/vol/realized_record.hpp"

#include <algorithm>
#include <cmath>

#include "desk/vol/tails_record.hpp"
#include "vol/bars/annualise.hpp"
#include "vol/daily/stress_regime.hpp"
#include "vol/garch/garch_forecast.hpp"

namespace tidemark::desk {
namespace {

constexpr std::string_view stand_in = vol::RiskMetrics2006Sum::name;

double value_of(const json::Named& estimates, std::string_view name) {
    const auto at = std::find_if(estimates.begin(), estimates.end(),
                                 [name](const auto& estimate) { return estimate.first == name; });
    return at == estimates.end() ? 0.0 : at->second;
}

void put_bar_estimates(const vol::RunningVol& all, const vol::RunningVol& window, json::Named& out) {
    for (const vol::Estimator& estimator : vol::bar_estimators()) {
        const vol::BarSum& sum = *estimator.bars();
        if (const auto vol = sum.of(sum.decays ? all : window))
            out.emplace_back(estimator.name, vol->value());
    }
}

bool asked_for(const vol::Estimator& estimator, const VolOptions& options) {
    const auto among = [&](std::string_view name) {
        return std::find(options.also.begin(), options.also.end(), name) != options.also.end();
    };
    if (estimator.trades() && options.trade_bars_ms == 0) return false;
    return estimator.name == options.estimator || among(estimator.name) || among(every_estimator);
}

std::vector<std::size_t> horizons_of(const VolOptions& options) {
    std::vector<std::size_t> horizons{1, static_cast<std::size_t>(blend_days(options))};
    for (const double days : options.policy.forecast_days) horizons.push_back(static_cast<std::size_t>(days));
    std::sort(horizons.begin(), horizons.end());
    horizons.erase(std::unique(horizons.begin(), horizons.end()), horizons.end());
    return horizons;
}

PerYear days_per_year(const VolOptions& options) {
    return PerYear{options.days_per_year};
}

void put_refusal(record::RealizedVol& out, std::string_view estimator, const Error& why, DayFits& fits) {
    record::VolFit& fit = out.fits.emplace_back();
    fit.estimator = estimator;
    fit.status = "refused";
    fit.reason = fits.keep(why.message);
}

void put_return_measure(record::RealizedVol& out, const vol::Estimator& estimator, const vol::BarSeries& bars,
                        DayFits& fits, const VolOptions& options) {
    std::vector<double> returns;
    for (const vol::TimedReturn& move : bars.returns()) returns.push_back(move.log_return);
    const auto variance = estimator.returns()->variance(returns, bars.interval_ms());
    if (!variance) return put_refusal(out, estimator.name, variance.error(), fits);
    const double days =
        static_cast<double>(returns.size()) * static_cast<double>(bars.interval_ms()) / ms_per_day;
    out.estimates.emplace_back(estimator.name,
                               vol::annualise(*variance / days, days_per_year(options)).value());
}

void put_garch(record::VolFit& out, const vol::GarchFit& fit, const vol::DailyMoves& moves,
               const VolOptions& options) {
    const vol::GarchVector values = vol::to_vector(fit.parameters);
    for (const std::size_t place : vol::free_parameters(fit.spec))
        out.parameters.emplace_back(vol::garch_parameter_names[place], values[place]);
    out.binding = fit.binding;
    out.log_likelihood = fit.log_likelihood;
    out.persistence = fit.persistence;
    if (const auto run = vol::garch_filter(moves.returns, fit.spec, fit.parameters))
        out.residual_scale =
            vol::residual_scale(vol::residuals_of(moves.returns, fit.parameters.mu, run->variances));
    if (fit.status != vol::FitStatus::converged) return;  // at a persistence of 1 both are without end
    const auto forecast =
        vol::garch_forecast(fit.spec.model, fit.spec.innovation, fit.parameters, fit.next_variance, 1);
    if (!forecast) return;
    out.half_life_days = forecast->half_life;
    if (forecast->unconditional)
        out.long_run_annual_vol = vol::annualise(*forecast->unconditional, days_per_year(options)).value();
}

void put_har(record::VolFit& out, const vol::HarFit& fit) {
    constexpr std::string_view names[] = {"constant", "day", "week", "month"};
    for (std::size_t i = 0; i < fit.ols.coefficients.size(); ++i)
        out.parameters.emplace_back(names[i], fit.ols.coefficients[i]);
    out.r_squared = fit.ols.r_squared;
}

/// Its forecast by horizon is put where it is the estimator in use.
void put_day_model(record::RealizedVol& out, const vol::Estimator& estimator, DayFits& fits,
                   const VolOptions& options) {
    const std::vector<std::size_t> horizons = horizons_of(options);
    const auto& fit = fits.fit(estimator, horizons);
    if (!fit) return put_refusal(out, estimator.name, fit.error(), fits);
    record::VolFit& told = out.fits.emplace_back();
    told.estimator = estimator.name;
    told.status = vol::fit_status_name(fit->status());
    told.days = static_cast<std::int64_t>(fit->days);
    if (fit->garch() != nullptr) {
        put_garch(told, *fit->garch(), fits.moves(), options);
    } else {
        put_har(told, *fit->har());
    }
    const auto vols =
        vol::forecast_days(*estimator.days(), *fit, fits.moves(), horizons, days_per_year(options));
    if (!vols) {
        told.reason = fits.keep(vols.error().message);
        return;
    }
    out.estimates.emplace_back(estimator.name, vols->front().value());
    if (estimator.name != options.estimator) return;
    for (std::size_t i = 0; i < horizons.size(); ++i)
        out.forecast.push_back({static_cast<double>(horizons[i]), (*vols)[i].value()});
}

void put_trades(record::RealizedVol& out, const vol::Estimator& estimator, const VolSource& source,
                DayFits& fits) {
    const auto vol = source.tape->annual_vol();
    if (!vol) return put_refusal(out, estimator.name, vol.error(), fits);
    out.estimates.emplace_back(estimator.name, vol->value());
}

void put_asked(record::RealizedVol& out, const VolSource& source, DayFits& fits, const VolOptions& options) {
    for (const vol::Estimator& estimator : vol::estimators()) {
        if (!asked_for(estimator, options)) continue;
        if (estimator.returns() != nullptr) put_return_measure(out, estimator, *source.bars, fits, options);
        if (estimator.days() != nullptr) put_day_model(out, estimator, fits, options);
        if (estimator.trades() && source.tape) put_trades(out, estimator, source, fits);
    }
}

void put_screened(record::RealizedVol& out, const vol::BarSeries& bars, const VolOptions& options) {
    record::ScreenedVol& screened = out.screened.emplace();
    put_bar_estimates(bars.all_screened(), bars.window_screened(), screened.estimates);
    if (vol::find(out.estimator)->bars() != nullptr)
        screened.annual_vol = value_of(screened.estimates, out.estimator);
    const auto anchor = vol::find(options.anchor)->bars()->of(bars.all_screened());
    if (anchor) screened.base_annual_vol = anchor->value();
}

bool follows_days(const VolOptions& options) {
    const auto reads_days = [&](const vol::Estimator& estimator) {
        return estimator.bars() == nullptr && asked_for(estimator, options);
    };
    const auto all = vol::estimators();
    return options.tails || options.stress_prob || std::any_of(all.begin(), all.end(), reads_days);
}

}  // namespace

double blend_days(const VolOptions& options) {
    const auto& days = options.policy.forecast_days;
    const double horizon = std::ceil(days_of(options.horizon_ms));
    return std::clamp(horizon, 1.0, std::max(1.0, *std::max_element(days.begin(), days.end())));
}

std::optional<record::RealizedVol> realized_of(const VolSource& source, DayFits& fits,
                                               const VolOptions& options) {
    const vol::BarSeries& bars = *source.bars;
    record::RealizedVol out;
    out.estimator = options.estimator;
    out.as_of_ts = bars.last_close();
    out.interval_ms = bars.interval_ms();
    put_bar_estimates(bars.all(), bars.window(), out.estimates);
    if (follows_days(options)) {
        fits.follow(*source.history);
        put_asked(out, source, fits, options);
    }
    out.annual_vol = value_of(out.estimates, options.estimator);
    if (!(out.annual_vol > 0.0) && vol::find(options.estimator)->bars() == nullptr) {
        out.estimator = stand_in;
        out.stands_in_for = options.estimator;
        out.annual_vol = value_of(out.estimates, stand_in);
    }
    if (!(out.annual_vol > 0.0)) return std::nullopt;
    if (bars.suspects() > 0) put_screened(out, bars, options);
    if (options.tails) out.tails = tails_of(source, fits, options);
    return out;
}

std::optional<double> stress_prob_of(const VolSource&, DayFits& fits, const VolOptions& options) {
    if (!options.stress_prob) return std::nullopt;
    const auto& regimes = fits.regimes();
    if (!regimes) return std::nullopt;
    const auto probability = vol::stress_probability(*regimes, fits.moves());
    return probability ? std::optional{*probability} : std::nullopt;
}

std::optional<vol::BarAnchor> anchor_of(const VolSource& source, const VolOptions& options) {
    const auto over_all = vol::find(options.anchor)->bars()->of(source.bars->all());
    if (!over_all) return std::nullopt;
    const VolPolicy& policy = options.policy;
    const vol::AnchorRules rules{static_cast<std::int32_t>(policy.anchor_days), policy.stressed_weight,
                                 static_cast<std::int32_t>(policy.stressed_days), days_per_year(options)};
    return vol::bar_anchor(source.history->days(), *over_all, source.bars->interval_ms(), rules);
}

}  // namespace tidemark::desk
