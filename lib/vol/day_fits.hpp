// What was fitted to the days of an underlying: kept for a while, as a fit costs more than all else.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string_view>

#include "vol/daily/day_model.hpp"
#include "vol/daily/stress_regime.hpp"
#include "vol/estimators.hpp"

namespace tidemark::vol {

/// Models are fitted to the first whole days, as many as are a multiple of refit_days, and run over all of
/// them. So what is found is a pure function of the history, whatever was asked before: a run that goes on
/// from a state fits anew and finds the same.
class DayFits {
public:
    static constexpr std::size_t refit_days = 30;

    /// To be called before the rest; what they gave holds until the next. Forgets the fits where refit_days
    /// more are whole since.
    void follow(const DailyHistory& history);

    [[nodiscard]] const DailyMoves& moves() const { return moves_; }
    /// Wants an estimator of days. As fit_days; horizons count where it is fitted anew.
    const Result<DayModelFit>& fit(const Estimator& estimator, std::span<const std::size_t> horizons);
    /// The same, where its figures can be used to filter returns: a model of garch's kind that converged or
    /// is held by a bound. Null where it is another one, or not of days at all.
    const GarchFit* filter(const Estimator& estimator);
    const Result<StressRegimes>& regimes();
    /// As stress_probability of these regimes; none where that or they fail.
    std::optional<double> stress_probability();

private:
    [[nodiscard]] DailyMoves fitted_moves() const;

    DailyMoves moves_;
    std::map<std::string_view, Result<DayModelFit>> fits_;  // by name
    std::optional<Result<StressRegimes>> regimes_;
};

}  // namespace tidemark::vol
