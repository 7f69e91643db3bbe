// The realised volatility of an underlying: what each estimator makes of its bars, days and trades, and the
// one in use.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/measure.hpp"
#include "core/result.hpp"
#include "vol/day_fits.hpp"
#include "vol/estimators.hpp"
#include "vol/headline/headline.hpp"
#include "vol/history/bar_series.hpp"
#include "vol/history/trade_tape.hpp"

namespace tidemark::vol {

/// What is asked of the estimators.
struct RealizedRules {
    const Estimator* in_use = nullptr;
    const BarSum* anchor = nullptr;  // over all bars, as if suspect ones had not been there
    std::vector<const Estimator*>
        asked;  // besides those of bars, which always answer; in_use where it is none
    std::vector<std::size_t> horizons{1};  // days of a forecast, ascending, distinct
    PerYear days_per_year{tidemark::days_per_year};
};

/// A fit to days, and what follows from it; `fit` holds until the next DayFits::follow.
struct DayFigures {
    const DayModelFit* fit = nullptr;
    std::optional<double> residual_scale;  // of a model of garch's kind: what its forecast is raised by
    std::optional<double> half_life_days;  // of the same; none on a boundary
    std::optional<AnnualVol> long_run;     // where its forecast goes in the end
};

/// What one estimator came to.
struct Estimate {
    const Estimator* by = nullptr;
    std::optional<AnnualVol> annual_vol;
    std::optional<DayFigures> days;  // of a model of days that could be fitted
    std::optional<Error>
        refused;  // why there is no annual_vol; none for one of bars, of which there are too few
};

/// As if suspect bars had not been there.
struct ScreenedVol {
    std::vector<Estimate> estimates;      // those of bars
    std::optional<AnnualVol> annual_vol;  // by the estimator in use; none where that is not of bars alone
    std::optional<AnnualVol> anchor;
};

struct RealizedVol {
    const Estimator* estimator = nullptr;  // of annual_vol: the one in use, or what stands in for it
    bool stands_in = false;
    AnnualVol annual_vol;
    std::vector<Estimate> estimates;      // of bars, then as they were asked
    std::vector<Foreseen> forecast;       // by horizon; empty unless the one in use is a model of days
    std::optional<ScreenedVol> screened;  // where bars are suspect
};

/// Where the estimator in use has no estimate, riskmetrics2006 stands in for it. None where that has too few
/// bars too, or nothing moved. Wants `fits` to follow the days of these bars where anything is asked, and
/// asked estimators in the order of the list. An estimator of trades without a tape is left out.
std::optional<RealizedVol> realized_vol(const BarSeries& bars, const std::optional<TradeTape>& tape,
                                        DayFits& fits, const RealizedRules& rules);

}  // namespace tidemark::vol
