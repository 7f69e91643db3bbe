#include "margin/dynamic/threshold.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "stats/distributions/normal.hpp"
#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::margin;
using namespace tidemark::sample;
using Catch::Matchers::WithinRel;

namespace {

double total(const ThresholdCosts& c, double t) {
    const double s = c.latency_deviation, b = t - c.close_out;
    const double bad_debt = s * stats::normal_density(b / s) - b * stats::normal_cdf(-b / s);
    return bad_debt + c.false_cost * stats::normal_cdf(-(c.maintenance - t) / c.monitor_deviation) +
           c.capital_rate * t;
}

const ThresholdCosts typical{100.0, 10.0, 5.0, 8.0, 50.0, 10.0, 5e-4};

}  // namespace

TEST_CASE("the threshold is where the sum of the three costs is least") {
    const double best = liquidation_threshold(typical);
    CHECK(best > typical.floor);
    CHECK(best < typical.maintenance);
    for (double t = typical.floor; t <= typical.maintenance; t += 0.5)
        CHECK(total(typical, best) <= total(typical, t) * (1.0 + 1e-12));
}

TEST_CASE("without false alarms it is where bad debt is as dear as capital") {
    // P(loss + close_out > t) = capital_rate.
    ThresholdCosts c = typical;
    c.false_cost = 0.0;
    const double z = stats::normal_quantile(1.0 - c.capital_rate).value();
    CHECK_THAT(liquidation_threshold(c), WithinRel(c.close_out + z * c.latency_deviation, 1e-9));
}

TEST_CASE("it expands with the time and the cost that closing takes, and contracts with false alarms") {
    double last = 0.0;
    for (double s = 2.0; s < 20.0; s *= 1.2) {
        ThresholdCosts c = typical;
        c.latency_deviation = s;
        CHECK(liquidation_threshold(c) > last);
        last = liquidation_threshold(c);
    }
    ThresholdCosts dear = typical, wary = typical;
    dear.close_out = 20.0;
    wary.false_cost = 100.0;
    CHECK(liquidation_threshold(dear) > liquidation_threshold(typical));
    CHECK(liquidation_threshold(wary) < liquidation_threshold(typical));
}

TEST_CASE("it stays between its floor and the maintenance margin") {
    ThresholdCosts c = typical;
    c.floor = 60.0;
    CHECK_THAT(liquidation_threshold(c), WithinRel(60.0, 1e-9));
    c = typical;
    c.close_out = 500.0;
    CHECK_THAT(liquidation_threshold(c), WithinRel(100.0, 1e-9));
}

TEST_CASE("the model reports it, higher in a stressed market, and leaves maintenance alone") {
    const auto at = [](int state) {
        SampleMarket desk = three_coins();
        desk.liquidity("BTC", state);
        return charged(desk, {}, {{"BTC_USDC-PERPETUAL", 1, 1}});
    };
    const auto calm = at(0), exhausted = at(3);
    CHECK(*exhausted.liquidation_threshold > *calm.liquidation_threshold);
    CHECK(*calm.liquidation_threshold < calm.maintenance_margin);
    CHECK(calm.maintenance_margin == exhausted.maintenance_margin);
    const auto off = charged(three_coins(), {}, {{"BTC_USDC-PERPETUAL", 1, 1}}, {"threshold_weight=0"});
    CHECK_FALSE(off.liquidation_threshold);
}
