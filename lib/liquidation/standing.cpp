#include "liquidation/standing.hpp"

#include <algorithm>
#include <limits>

namespace tidemark::liquidation {

Standing standing(const margin::Requirement& r) {
    const bool empty = r.initial_margin == 0.0 && r.equity >= 0.0;
    if (empty) return Standing::healthy;
    if (r.equity <= 0.0) return Standing::bankrupt;
    if (r.equity <= r.maintenance_margin) return Standing::liquidate;
    return r.equity < r.initial_margin ? Standing::margin_call : Standing::healthy;
}

AccountStanding standing(std::span<const margin::NettingSet> sets) {
    AccountStanding out;
    out.health = margin::health(sets);
    out.buffer = sets.empty() ? 0.0 : std::numeric_limits<double>::infinity();
    for (const margin::NettingSet& set : sets) {
        const margin::Requirement& r = set.requirement;
        out.standing = std::max(out.standing, standing(r));
        out.buffer = std::min(out.buffer, r.equity - r.maintenance_margin);
        out.shortfall = std::max(out.shortfall, r.initial_margin - r.equity);
    }
    return out;
}

}  // namespace tidemark::liquidation
