#include "vol/day_fits.hpp"

namespace tidemark::vol {

void DayFits::follow(const DailyHistory& history) {
    const std::size_t fitted_before = moves_.returns.size() / refit_days;
    moves_ = DailyMoves::of(history);
    if (moves_.returns.size() / refit_days == fitted_before) return;
    fits_.clear();
    regimes_.reset();
}

DailyMoves DayFits::fitted_moves() const {
    DailyMoves moves = moves_;
    const std::size_t days = moves.returns.size() - moves.returns.size() % refit_days;
    moves.returns.resize(days);
    moves.variances.resize(days);
    moves.running.reset();
    return moves;
}

const Result<DayModelFit>& DayFits::fit(const Estimator& estimator, std::span<const std::size_t> horizons) {
    const auto at = fits_.find(estimator.name);
    if (at != fits_.end()) return at->second;
    return fits_.emplace(estimator.name, fit_days(*estimator.days(), fitted_moves(), horizons)).first->second;
}

const GarchFit* DayFits::filter(const Estimator& estimator) {
    if (estimator.days() == nullptr) return nullptr;
    const auto& found = fit(estimator, {});
    const GarchFit* const garch = found ? found->garch() : nullptr;
    return garch == nullptr || garch->status == FitStatus::not_converged ? nullptr : garch;
}

const Result<StressRegimes>& DayFits::regimes() {
    if (!regimes_) regimes_ = stress_regimes(fitted_moves());
    return *regimes_;
}

std::optional<double> DayFits::stress_probability() {
    const auto& found = regimes();
    if (!found) return std::nullopt;
    const auto probability = vol::stress_probability(*found, moves_);
    return probability ? std::optional{*probability} : std::nullopt;
}

}  // namespace tidemark::vol
