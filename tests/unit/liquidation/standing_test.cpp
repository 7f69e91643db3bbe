#include "liquidation/standing.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace tidemark;
using liquidation::Standing;

namespace {

margin::Requirement figures(double equity, double initial, double maintenance) {
    margin::Requirement r;
    r.equity = equity;
    r.initial_margin = initial;
    r.maintenance_margin = maintenance;
    return r;
}

margin::NettingSet set_of(double equity, double initial, double maintenance) {
    margin::NettingSet set;
    set.requirement = figures(equity, initial, maintenance);
    return set;
}

}  // namespace

TEST_CASE("where an account stands, edges included") {
    struct Numbers {
        double equity, initial, maintenance;
        Standing standing;
    };
    const auto c = GENERATE(values<Numbers>({{100, 100, 80, Standing::healthy},
                                             {99.999, 100, 80, Standing::margin_call},
                                             {80.001, 100, 80, Standing::margin_call},
                                             {80, 100, 80, Standing::liquidate},
                                             {0.001, 100, 80, Standing::liquidate},
                                             {0, 100, 80, Standing::bankrupt},
                                             {-1, 100, 80, Standing::bankrupt},
                                             {0, 0, 0, Standing::healthy},
                                             {5, 0, 0, Standing::healthy},
                                             {-1, 0, 0, Standing::bankrupt}}));
    CHECK(liquidation::standing(figures(c.equity, c.initial, c.maintenance)) == c.standing);
}

TEST_CASE("an account stands as the worst of its sets, whatever the others have") {
    const std::vector sets{set_of(1000, 100, 80), set_of(70, 100, 80), set_of(85, 100, 80)};
    const auto account = liquidation::standing(sets);
    CHECK(account.standing == Standing::liquidate);
    CHECK(*account.health == 70.0 / 80.0);
    CHECK(account.buffer == -10.0);
    CHECK(account.shortfall == 30.0);
}

TEST_CASE("an account without sets needs nothing") {
    const auto account = liquidation::standing(std::vector<margin::NettingSet>{});
    CHECK(account.standing == Standing::healthy);
    CHECK_FALSE(account.health);
    CHECK(account.buffer == 0.0);
}
