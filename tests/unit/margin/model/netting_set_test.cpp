#include "margin/model/netting_set.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

using namespace tidemark;
using namespace tidemark::margin;

namespace {

NettingSet set_of(double equity, double base, double orders, double maintenance) {
    NettingSet set;
    set.requirement.equity = equity;
    set.requirement.parts[Part::base] = base;
    set.requirement.parts[Part::orders] = orders;
    set.requirement.initial_margin = base + orders;
    set.requirement.maintenance_margin = maintenance;
    set.requirement.oldest = Timestamp{1'700'000'000'000 + static_cast<std::int64_t>(base)};
    return set;
}

}  // namespace

TEST_CASE("sets together: sums whose parts are the whole to the last bit") {
    const std::vector sets{set_of(1e9 / 3, 0.1, 0.2, 0.05), set_of(-7, 1e6 / 7, 0.3, 1), set_of(2, 3, 0, 2)};
    const Requirement sum = sum_of(sets, Timestamp{1'800'000'000'000});
    CHECK(std::accumulate(sum.parts.amounts.begin(), sum.parts.amounts.end(), 0.0) == sum.initial_margin);
    CHECK(sum.equity == 1e9 / 3 - 7 + 2);
    CHECK(sum.maintenance_margin == 3.05);
    CHECK(sum.oldest.ms == 1'700'000'000'000);
}

TEST_CASE("an account is as healthy as the set nearest to its edge") {
    CHECK(*health(std::vector{set_of(10, 5, 0, 4), set_of(3, 5, 0, 4), set_of(9, 5, 0, 0)}) == 0.75);
    CHECK_FALSE(health(std::vector{set_of(9, 5, 0, 0)}));
}

TEST_CASE("what was noted of several sets is noted once") {
    std::vector sets{set_of(1, 1, 0, 1), set_of(1, 1, 0, 1)};
    for (NettingSet& set : sets) {
        set.requirement.assumed = {{Assumed::liquidity, 3}};
        set.requirement.speed = {{3, 0.9, 0.5, Speed::rise_limited}};
    }
    const Requirement sum = sum_of(sets, Timestamp{});
    CHECK(sum.assumed.size() == 1);
    CHECK(sum.speed.size() == 1);
}

TEST_CASE("room of the account before is used again, and nothing of it is left") {
    NettingSets sets;
    sets.add({}).portfolio.balances.push_back({1, 5.0});
    sets.add(market::InstrumentId{7});
    CHECK(sets.all().size() == 2);
    sets.clear();
    CHECK(sets.all().empty());
    CHECK(sets.add({}).portfolio.balances.empty());
}
