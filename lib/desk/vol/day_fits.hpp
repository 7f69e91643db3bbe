// What was fitted to the days of an underlying: kept for a while, as a fit costs more than all else.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "convert/clip_text.hpp"
#include "vol/daily/day_model.hpp"
#include "vol/daily/stress_regime.hpp"
#include "vol/estimators.hpp"

namespace tidemark::desk {

/// Models are fitted to the first whole days, as many as are a multiple of refit_days, and run over all of
/// them. So what is found is a pure function of the history, whatever was asked before: a run that goes on
/// from a state fits anew and finds the same.
class DayFits {
public:
    static constexpr std::size_t refit_days = 30;

    /// To be called before the rest. Forgets the fits where refit_days more are whole since.
    void follow(const vol::DailyHistory& history);

    [[nodiscard]] const vol::DailyMoves& moves() const { return moves_; }
    const Result<vol::DayModelFit>& fit(const vol::Estimator& estimator,
                                        std::span<const std::size_t> horizons);
    const Result<vol::StressRegimes>& regimes();

    /// Keeps words that a record refers to, until follow().
    std::string_view keep(std::string_view words) { return words_.emplace_back(convert::clip_text(words)); }

private:
    [[nodiscard]] vol::DailyMoves fitted_moves() const;

    vol::DailyMoves moves_;
    std::map<std::string_view, Result<vol::DayModelFit>> fits_;  // by name
    std::optional<Result<vol::StressRegimes>> regimes_;
    std::deque<std::string> words_;
};

}  // namespace tidemark::desk
