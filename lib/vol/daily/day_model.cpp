#include "vol/daily/day_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "vol/bars/annualise.hpp"
#include "vol/bars/riskmetrics2006.hpp"
#include "vol/garch/garch_forecast.hpp"

namespace tidemark::vol {
namespace {

using Vols = Result<std::vector<AnnualVol>>;

HarSpec har_spec(HarScale scale, std::size_t horizon) {
    HarSpec spec = har_crypto(scale);
    spec.horizon = horizon;
    return spec;
}

Result<DayModelFit> fit_har(HarScale scale, const DailyMoves& moves, std::span<const std::size_t> horizons) {
    if (moves.bars_a_day < har_min_bars_a_day)
        return Error{Errc::not_enough_data,
                     fmt::format("want {} bars a day or more for a realised variance, got {}",
                                 har_min_bars_a_day, moves.bars_a_day),
                     "", 0};
    if (moves.variances.size() < har_min_days)
        return Error{Errc::not_enough_data,
                     fmt::format("want at least {} whole days, got {}", har_min_days, moves.variances.size()),
                     "", 0};
    std::vector<HarFit> fits;
    for (const std::size_t horizon : horizons) {
        auto fit = har({moves.variances, {}, {}, {}}, har_spec(scale, horizon));
        if (!fit) return fit.error();
        fits.push_back(*std::move(fit));
    }
    return DayModelFit{std::move(fits), moves.variances.size()};
}

Result<GarchForecast> garch_days(const GarchFit& fit, const GarchPath& run, std::span<const double> residuals,
                                 std::size_t longest) {
    if (fit.spec.model == GarchModel::egarch && fit.spec.innovation == Innovation::student_t)
        return egarch_forecast(fit.parameters, run.next_variance, residuals, longest);
    return garch_forecast(fit.spec.model, fit.spec.innovation, fit.parameters, run.next_variance, longest);
}

Vols forecast_garch(const GarchFit& fit, std::span<const double> returns,
                    std::span<const std::size_t> horizons, PerYear days_per_year) {
    const auto run = garch_filter(returns, fit.spec, fit.parameters);
    if (!run) return run.error();
    const std::vector<double> residuals = residuals_of(returns, fit.parameters.mu, run->variances);
    const auto forecast = garch_days(fit, *run, residuals, horizons.back());
    if (!forecast) return forecast.error();
    const double scale = residual_scale(residuals);
    const std::vector<AnnualVol> terms = term_vols(forecast->variances, days_per_year);
    std::vector<AnnualVol> out;
    for (const std::size_t horizon : horizons) out.push_back(terms[horizon - 1] * scale);
    return out;
}

Vols forecast_har(HarScale scale, const std::vector<HarFit>& fits, std::span<const double> variances,
                  std::span<const std::size_t> horizons, PerYear days_per_year) {
    std::vector<AnnualVol> out;
    for (std::size_t i = 0; i < horizons.size(); ++i) {
        const auto forecast =
            har_forecast(fits[i].ols, {variances, {}, {}, {}}, har_spec(scale, horizons[i]));
        if (!forecast) return forecast.error();
        out.push_back(annualise(*forecast, days_per_year));
    }
    return out;
}

/// From the whole days, or with the running one behind them.
Vols forecast_from(const DayModel& model, const DayModelFit& fit, const DailyMoves& moves,
                   std::span<const std::size_t> horizons, PerYear days_per_year) {
    if (const GarchFit* const garch = fit.garch())
        return forecast_garch(*garch, moves.returns, horizons, days_per_year);
    return forecast_har(std::get<HarScale>(model.spec), std::get<std::vector<HarFit>>(fit.by),
                        moves.variances, horizons, days_per_year);
}

}  // namespace

double residual_scale(std::span<const double> residuals) {
    double squares = 0.0;
    for (const double z : residuals) squares += z * z;
    return residuals.empty() ? 1.0
                             : std::max(1.0, std::sqrt(squares / static_cast<double>(residuals.size())));
}

std::vector<double> residuals_of(std::span<const double> returns, double mean,
                                 std::span<const double> variances) {
    std::vector<double> residuals;
    for (std::size_t day = 0; day < returns.size(); ++day)
        residuals.push_back((returns[day] - mean) / std::sqrt(variances[day]));
    return residuals;
}

DailyMoves DailyMoves::of(const DailyHistory& history) {
    return {history.whole_returns(), history.whole_variances(), history.running(), history.bars_a_day()};
}

Result<DayModelFit> fit_days(const DayModel& model, const DailyMoves& moves,
                             std::span<const std::size_t> horizons) {
    if (const auto* const scale = std::get_if<HarScale>(&model.spec)) return fit_har(*scale, moves, horizons);
    auto fit = garch_fit(moves.returns, std::get<GarchSpec>(model.spec));
    if (!fit) return fit.error();
    return DayModelFit{*std::move(fit), moves.returns.size()};
}

Vols forecast_days(const DayModel& model, const DayModelFit& fit, const DailyMoves& moves,
                   std::span<const std::size_t> horizons, PerYear days_per_year) {
    if (fit.status() == FitStatus::not_converged)
        return Error{Errc::no_convergence, "no start of the search reached an optimum", "", 0};
    Vols vols = forecast_from(model, fit, moves, horizons, days_per_year);
    if (!vols || !moves.running || !(moves.running->variance > 0.0)) return vols;
    DailyMoves today = moves;
    today.returns.push_back(moves.running->log_return);
    today.variances.push_back(moves.running->variance);
    const Vols with = forecast_from(model, fit, today, horizons, days_per_year);
    if (!with) return vols;
    std::transform(vols->begin(), vols->end(), with->begin(), vols->begin(),
                   [](AnnualVol a, AnnualVol b) { return std::max(a, b); });
    return vols;
}

Result<std::vector<double>> standardised_residuals(const DailyMoves& moves, const GarchFit* fit) {
    if (fit != nullptr) {
        const auto run = garch_filter(moves.returns, fit->spec, fit->parameters);
        if (!run) return run.error();
        std::vector<double> residuals = residuals_of(moves.returns, fit->parameters.mu, run->variances);
        const double scale = residual_scale(residuals);
        for (double& z : residuals) z /= scale;
        return residuals;
    }
    const auto variances = riskmetrics2006_variances(moves.returns);
    if (!variances) return variances.error();
    return residuals_of(moves.returns, 0.0, *variances);
}

}  // namespace tidemark::vol
