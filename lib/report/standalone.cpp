#include "report/standalone.hpp"

#include <algorithm>

#include "margin/model/by_instrument.hpp"

namespace tidemark::report {

std::vector<Standalone> standalone_legs(const margin::JudgedAccount& account) {
    std::vector<Standalone> all;
    const auto sets = account.sets();
    const auto cross = std::find_if(sets.begin(), sets.end(), [](const auto& set) { return !set.isolated; });
    if (cross == sets.end()) return all;
    const market::Portfolio& whole = cross->portfolio;
    market::Portfolio one;
    one.ts = whole.ts;
    one.multiplier = whole.multiplier;
    margin::Requirement needs;
    const auto add = [&](Standalone alone) {
        if (!account.model().require(one, {}, needs)) return;
        alone.equity = needs.equity;
        alone.initial_margin = needs.initial_margin;
        all.push_back(alone);
    };
    for (const market::Balance& balance : whole.balances) {
        one.balances = {balance};
        add({{balance.asset, true}, balance.qty});
    }
    one.balances.clear();
    const Status visited =
        margin::for_each_instrument(whole, [&](std::span<const market::Holding> held) -> Status {
            one.holdings.assign(held.begin(), held.end());
            add({{held.front().instrument, false},
                 margin::net_qty(held),
                 held.size() == 1 ? held.front().entry : 0.0});
            return Ok{};
        });
    static_cast<void>(visited);  // no visit fails
    return all;
}

std::string_view leg_name(const margin::LegKey& key, const market::Market& market) {
    return key.balance ? market.asset_name(key.id) : market.symbol(key.id);
}

}  // namespace tidemark::report
