// Models of daily variance that are fitted: what is kept of a fit, and the days it foresees.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "core/measure.hpp"
#include "core/result.hpp"
#include "vol/daily/har.hpp"
#include "vol/garch/garch_fit.hpp"
#include "vol/history/daily_history.hpp"

namespace tidemark::vol {

struct DayModel {
    std::variant<GarchSpec, HarScale> spec;
};

/// Mean 0, started by backcast: what the contest of forecasters runs too.
constexpr GarchSpec daily_garch(GarchModel model, Innovation innovation) {
    return {model, innovation, GarchStart::backcast, true, true};
}

/// Whole days, and the one that is still running, in place of its own end.
struct DailyMoves {
    std::vector<double> returns, variances;
    std::optional<DaySum> running;
    std::int32_t bars_a_day = 0;

    static DailyMoves of(const DailyHistory& history);
};

inline constexpr std::size_t har_min_days = 100;
inline constexpr std::int32_t har_min_bars_a_day = 4;

struct DayModelFit {
    std::variant<GarchFit, std::vector<HarFit>> by;  // HAR: a regression for each horizon
    std::size_t days = 0;                            // fitted to

    [[nodiscard]] const GarchFit* garch() const { return std::get_if<GarchFit>(&by); }
    [[nodiscard]] const HarFit* har() const {  // of the first horizon
        const auto* const all = std::get_if<std::vector<HarFit>>(&by);
        return all == nullptr ? nullptr : &all->front();
    }
    [[nodiscard]] FitStatus status() const {
        return garch() != nullptr ? garch()->status : FitStatus::converged;
    }
};

/// Fits to the whole days. Horizons in days, 1 or more, ascending. Fails as garch_fit and har do; HAR also
/// with not_enough_data below har_min_days, or har_min_bars_a_day, of which no realised variance is made.
Result<DayModelFit> fit_days(const DayModel& model, const DailyMoves& moves,
                             std::span<const std::size_t> horizons);

/// What the volatility of a model of garch's kind has to be raised by for its residuals to have a deviation
/// of 1: the likelihood of heavy tails leaves the scale open where the law is another one (Fan, Qi and Xiu
/// 2014, Journal of Business and Economic Statistics 32(2)). Never below 1.
double residual_scale(std::span<const double> residuals);

/// Returns less mean over the deviation foreseen for each. Wants as many variances, all above 0.
std::vector<double> residuals_of(std::span<const double> returns, double mean,
                                 std::span<const double> variances);

/// Annual volatility over each horizon from here, raised by residual_scale. The running day is taken as a day
/// as it stands where that foresees more: a crash need not wait for midnight. egarch with Student errors goes
/// on by the residuals seen. Fails with no_convergence where the fit has no figures to use, and as
/// garch_forecast and har_forecast do.
Result<std::vector<AnnualVol>> forecast_days(const DayModel& model, const DayModelFit& fit,
                                             const DailyMoves& moves, std::span<const std::size_t> horizons,
                                             PerYear days_per_year);

/// Residuals in order of the days: by the fit, scaled, where it is one of garch, else by riskmetrics2006 on
/// daily returns. Fails as those do.
Result<std::vector<double>> standardised_residuals(const DailyMoves& moves, const GarchFit* fit);

}  // namespace tidemark::vol
