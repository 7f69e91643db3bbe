#include "join/day_fits.hpp"

#include "vol/stress_regime.hpp"

namespace tidemark::join {

void DayFits::follow(const vol::DailyHistory& history) {
    const std::size_t days = moves_.returns.size();
    moves_ = vol::DailyMoves::of(history);
    words_.clear();
    if (moves_.returns.size() == days) return;
    fits_.clear();
    regimes_.reset();
}

const Result<vol::DayModelFit>& DayFits::fit(const vol::Estimator& estimator,
                                             std::span<const std::size_t> horizons) {
    const auto at = fits_.find(estimator.name);
    if (at != fits_.end()) return at->second;
    return fits_.emplace(estimator.name, vol::fit_days(*estimator.days(), moves_, horizons)).first->second;
}

const Result<stats::VarianceRegimes>& DayFits::regimes() {
    if (!regimes_) regimes_ = vol::stress_regimes(moves_);
    return *regimes_;
}

}  // namespace tidemark::join
