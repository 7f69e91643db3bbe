#include "margin/lending/lognormal_es.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace tidemark::margin;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("tail costs of a lognormal price, vegaprotocol/quant riskmeasures_test.go") {
    CHECK_THAT(long_tail_cost({0, 0.1}, 0.01).value().value_at_risk, WithinRel(-0.79244293082, 1e-10));
    CHECK_THAT(long_tail_cost({0, 0.1}, 0.01).value().expected_shortfall, WithinRel(-0.76640460826, 1e-10));
    CHECK_THAT(short_tail_cost({1, 2}, 0.01).value().value_at_risk, WithinRel(285.05887791, 1e-9));
    CHECK_THAT(short_tail_cost({1, 2}, 0.01).value().expected_shortfall, WithinRel(747.34383372, 1e-9));
}

TEST_CASE("risk factors: a short needs more than a long, both more with volatility and time") {
    const RiskFactors known = lognormal_risk_factors({0.01, 1.902587519025875e-06, 0.0, 1.5}).value();
    CHECK_THAT(known.short_factor, WithinRel(0.0055276558362, 1e-9));
    CHECK_THAT(known.long_factor, WithinRel(0.0055011137953, 1e-9));
    double last = 0.0;
    for (const double vol : {0.0, 0.1, 0.5, 1.0, 2.0, 5.0}) {
        const RiskFactors f = lognormal_risk_factors({1e-4, 0.001, 0.0, vol}).value();
        CHECK(f.short_factor >= f.long_factor - 1e-13);
        CHECK(f.long_factor >= last - 1e-13);
        CHECK(f.long_factor < 1.0);
        last = f.long_factor;
    }
    CHECK_THAT(lognormal_risk_factors({1e-4, 0.001, 0.0, 0.0}).value().short_factor, WithinAbs(0.0, 1e-11));
}

TEST_CASE("levels and laws outside the domain are refused") {
    CHECK_FALSE(long_tail_cost({0, 0.1}, 0.0));
    CHECK_FALSE(long_tail_cost({0, 0.1}, 1.0));
    CHECK_FALSE(short_tail_cost({0, -0.1}, 0.01));
    CHECK_FALSE(short_tail_cost({std::nan(""), 0.1}, 0.01));
    CHECK_FALSE(lognormal_risk_factors({0.01, -1.0, 0.0, 1.0}));
}

TEST_CASE("margin levels round as the venue does, 0019-MCAL-032") {
    LognormalRule rule;
    rule.factors = {0.1, 0.1};
    rule.linear_slippage = 0.25;
    rule.levels = {1.1, 1.2, 1.4};
    rule.rounding = MarginRounding::whole_units;
    LognormalPosition position;
    position.qty = -1;
    position.mark_price = 15'900;
    position.exit_price = 100'000;
    const MarginLevels levels = lognormal_margin(position, rule);
    CHECK(levels.maintenance == 5565);
    CHECK(levels.search == 6121);
    CHECK(levels.initial == 6678);
    CHECK(levels.release == 7791);
}

TEST_CASE("the book's own exit price counts where it is cheaper, and never pays") {
    LognormalRule rule;
    rule.linear_slippage = 0.1;
    LognormalPosition position;
    position.qty = 2;
    position.mark_price = 100;
    CHECK_THAT(lognormal_margin(position, rule).maintenance, WithinRel(20.0, 1e-14));
    position.exit_price = 97;
    CHECK_THAT(lognormal_margin(position, rule).maintenance, WithinRel(6.0, 1e-14));
    position.exit_price = 103;
    CHECK(lognormal_margin(position, rule).maintenance == 0.0);
    position.qty = -2;
    CHECK_THAT(lognormal_margin(position, rule).maintenance, WithinRel(6.0, 1e-14));
}

TEST_CASE("orders are margined on the side that would be worse") {
    LognormalRule rule;
    rule.factors = {0.1, 0.2};
    LognormalPosition position;
    position.qty = 1;
    position.mark_price = 100;
    position.buy_orders = 2;
    CHECK_THAT(lognormal_margin(position, rule).maintenance, WithinRel(30.0, 1e-14));
    position.sell_orders = 4;
    CHECK_THAT(lognormal_margin(position, rule).maintenance, WithinRel(80.0, 1e-14));
}
