#include "margin/portfolio/scenarios.hpp"

#include <cmath>

namespace tidemark::margin {

std::vector<double> bucket_moves(double range, std::size_t per_side) {
    const auto steps = static_cast<std::ptrdiff_t>(per_side);
    std::vector<double> moves;
    for (std::ptrdiff_t i = -steps; i <= steps; ++i)
        moves.push_back(i == 0 ? 0.0 : range * (static_cast<double>(i) / static_cast<double>(steps)));
    return moves;
}

std::vector<RiskScenario> scenario_product(std::span<const double> moves, std::span<const VolMove> vols) {
    std::vector<RiskScenario> all;
    for (const VolMove vol : vols) {
        for (const double move : moves) all.push_back({.move = move, .vol = vol});
    }
    return all;
}

RiskScenario extended_scenario(double move, const ExtendedTable& table, pricing::Payoff payoff) {
    const double ratio = std::fabs(move) / table.range;
    const double end = 1.0 + std::copysign(table.range, move);
    RiskScenario s{.move = move, .vol = VolMove::up};
    s.weight = table.factor / ratio;
    s.relief = (ratio - 1.0) * table.dampener;
    if (payoff == pricing::Payoff::inverse) {
        s.weight *= (1.0 + move) / end;
        s.relief /= end;
    }
    return s;
}

std::vector<RiskScenario> span_scenarios(double range, double extreme_multiple, double extreme_cover) {
    std::vector<RiskScenario> all;
    const auto both_vols = [&](double move) {
        all.push_back({.move = move, .vol = VolMove::up});
        all.push_back({.move = move, .vol = VolMove::down});
    };
    both_vols(0.0);
    for (const double part : {1.0 / 3.0, 2.0 / 3.0, 1.0}) {
        both_vols(part * range);
        both_vols(-part * range);
    }
    for (const double side : {1.0, -1.0})
        all.push_back({.move = side * extreme_multiple * range, .weight = extreme_cover});
    return all;
}

}  // namespace tidemark::margin
