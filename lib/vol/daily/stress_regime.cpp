#include "vol/daily/stress_regime.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark::vol {

Result<StressRegimes> stress_regimes(const DailyMoves& moves) {
    if (moves.returns.size() < stress_min_days)
        return Error{
            Errc::not_enough_data,
            fmt::format("regimes want at least {} whole days, got {}", stress_min_days, moves.returns.size()),
            "", 0};
    const auto fit = stats::fit_variance_regimes(moves.returns);
    if (!fit) return fit.error();
    if (!fit->converged) return Error{Errc::no_convergence, "the search for regimes did not end", "", 0};
    return fit->model;
}

Result<double> stress_probability(const StressRegimes& regimes, const DailyMoves& moves) {
    std::vector<double> returns = moves.returns;
    if (moves.running) returns.push_back(moves.running->log_return);
    const auto filter = stats::filter_variance_regimes(returns, regimes);
    if (!filter) return filter.error();
    const auto wild = [&](std::size_t before_last) {
        return filter->filtered[returns.size() - 1 - before_last][1];
    };
    const double now = moves.running && returns.size() > 1 ? std::max(wild(0), wild(1)) : wild(0);
    return std::clamp(now, 0.0, 1.0);
}

}  // namespace tidemark::vol
