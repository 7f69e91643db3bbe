#include "desk/vol/day_fits.hpp"

namespace tidemark::desk {

void DayFits::follow(const vol::DailyHistory& history) {
    const std::size_t fitted_before = moves_.returns.size() / refit_days;
    moves_ = vol::DailyMoves::of(history);
    words_.clear();
    if (moves_.returns.size() / refit_days == fitted_before) return;
    fits_.clear();
    regimes_.reset();
}

vol::DailyMoves DayFits::fitted_moves() const {
    vol::DailyMoves moves = moves_;
    const std::size_t days = moves.returns.size() - moves.returns.size() % refit_days;
    moves.returns.resize(days);
    moves.variances.resize(days);
    moves.running.reset();
    return moves;
}

const Result<vol::DayModelFit>& DayFits::fit(const vol::Estimator& estimator,
                                             std::span<const std::size_t> horizons) {
    const auto at = fits_.find(estimator.name);
    if (at != fits_.end()) return at->second;
    return fits_.emplace(estimator.name, vol::fit_days(*estimator.days(), fitted_moves(), horizons))
        .first->second;
}

const Result<vol::StressRegimes>& DayFits::regimes() {
    if (!regimes_) regimes_ = vol::stress_regimes(fitted_moves());
    return *regimes_;
}

}  // namespace tidemark::desk
