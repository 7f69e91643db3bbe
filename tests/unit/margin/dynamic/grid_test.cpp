#include "margin/dynamic/grid.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::margin;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

DynamicParams params(const std::vector<std::string>& sets = {}) {
    auto document = policy::preset("dynamic").value().with("stress_weight=0").value();
    for (const std::string& set : sets) document = document.with(set).value();
    return document.params<DynamicParams>().value();
}

market::VolState state(double annual, double base) {
    market::VolState out;
    out.annual_vol = annual;
    out.base_annual_vol = base;
    out.implied_vol = annual;
    out.rr25 = out.bf25 = 0.0;
    return out;
}

Range range_at(const market::VolState& vol, double factor, const DynamicParams& p) {
    return range_of(vol, {vol.annual_vol, {}}, factor, p);
}

/// The quantile of Student's t with 4 degrees of freedom in closed form (Shaw 2006, J. Comp. Finance 9(4)).
double t4_quantile(double p) {
    const double a = 4.0 * p * (1.0 - p);
    const double q = std::cos(std::acos(std::sqrt(a)) / 3.0) / std::sqrt(a);
    return -2.0 * std::sqrt(q - 1.0);
}

}  // namespace

TEST_CASE("the shortfall factor of 4 degrees of freedom is its closed form") {
    const double tail = GENERATE(0.001, 0.01, 0.025, 0.1);
    const double t = t4_quantile(tail);
    const double density = 0.375 * std::pow(1.0 + t * t / 4.0, -2.5);
    const double unit_variance = (4.0 + t * t) / 3.0 * density / tail * std::sqrt(0.5);
    const auto factor =
        shortfall_factor(params({"confidence=" + std::to_string(1.0 - tail), "horizon_days=2"})).value();
    CHECK_THAT(factor, WithinRel(unit_variance * std::sqrt(2.0 / 365.0), 1e-10));
    if (tail == 0.01) CHECK_THAT(-t, WithinAbs(3.747, 5e-4));  // NIST handbook 1.3.6.7.2, t table
}

TEST_CASE(
    "with many degrees of freedom the factor is the normal one, and grows with horizon and confidence") {
    // The normal expected shortfall at 99 % is phi(2.3263) / 0.01 = 2.6652 deviations (Basel MAR33's 97.5 %
    // is 2.3378).
    const auto at = [](const char* confidence, const char* days) {
        return shortfall_factor(
                   params({"tail_degrees_of_freedom=1000", std::string{"confidence="} + confidence,
                           std::string{"horizon_days="} + days}))
            .value();
    };
    const double day = std::sqrt(1.0 / 365.0);
    CHECK_THAT(at("0.99", "1") / day, WithinRel(2.6652, 5e-3));
    CHECK_THAT(at("0.975", "1") / day, WithinRel(2.3378, 5e-3));
    CHECK_THAT(at("0.99", "4"), WithinRel(2.0 * at("0.99", "1"), 1e-14));
    CHECK(at("0.999", "1") > at("0.99", "1"));
}

TEST_CASE("the range follows volatility between the policy's bounds") {
    const DynamicParams p = params();
    struct Case {
        std::string name;
        double annual, base, multiplier;
    };
    const auto c = GENERATE(values<Case>({{"as ever", 0.5, 0.5, 1.0},
                                          {"half as wild again", 0.75, 0.5, 1.5},
                                          {"never below the floor", 0.1, 0.5, 0.8},
                                          {"never above the cap", 4.0, 0.5, 3.0}}));
    INFO(c.name);
    const Range range = range_at(state(c.annual, c.base), 0.25, p);
    CHECK_THAT(range.base, WithinRel(0.25 * c.base, 1e-15));
    CHECK_THAT(range.multiplier, WithinRel(c.multiplier, 1e-15));
    CHECK_THAT(range.up, WithinRel(0.25 * c.base * c.multiplier, 1e-15));
    CHECK(range.down == range.up);
}

TEST_CASE("each side of the range is scaled by what its 25-delta volatility is over the one at the money") {
    const DynamicParams p = params();
    const auto skewed = [&](double rr, double bf) {
        market::VolState s = state(0.5, 0.5);
        s.implied_vol = 0.5;
        s.rr25 = rr;
        s.bf25 = bf;
        return range_at(s, 0.25, p);
    };
    // sigma(25 call) = atm + bf + rr/2, sigma(25 put) = atm + bf - rr/2 (Clark, FX Option Pricing, 3.3).
    CHECK_THAT(skewed(-0.1, 0.02).down, WithinRel(0.125 * 0.57 / 0.5, 1e-15));
    CHECK(skewed(-0.1, 0.02).up == 0.125);
    CHECK_THAT(skewed(0.1, 0.02).up, WithinRel(0.125 * 0.57 / 0.5, 1e-15));
    CHECK_THAT(skewed(0.0, 0.02).up, WithinRel(0.125 * 0.52 / 0.5, 1e-15));
    CHECK(skewed(0.0, -0.05).up == 0.125);
}

TEST_CASE("where no skew is quoted, or half of one, each side is widened by the policy's own") {
    const DynamicParams p = params({"unquoted_skew=0.25"});
    market::VolState s = state(0.5, 0.5);
    s.rr25 = -0.1;
    s.bf25.reset();
    CHECK_THAT(range_at(s, 0.25, p).down, WithinRel(0.125 * 1.25, 1e-15));
    CHECK_THAT(range_at(s, 0.25, p).up, WithinRel(0.125 * 1.25, 1e-15));
}

TEST_CASE("a fall never goes beyond the largest that is priced") {
    const DynamicParams p = params({"multiplier_cap=20"});
    const Range range = range_at(state(5.0, 1.0), 0.27, p);
    CHECK(range.down == 0.95);
    CHECK_THAT(range.up, WithinRel(0.27 * 5.0, 1e-15));
    const auto scenarios = scenario_list(p);
    const Grid grid = Grid::make(scenarios, range, p.max_down_move).value();
    for (const double factor : grid.moves.factor) CHECK(factor >= 0.05 * (1.0 - 1e-12));
}

TEST_CASE("the scenarios are every fraction under three volatility moves, and damped tails") {
    const DynamicParams p = params();
    const auto all = scenario_list(p);
    CHECK(all.size() == 3 * p.spot_fractions.size() + p.tail_fractions.size());
    // Deribit's extended table: a move beyond the range counts by 0.77 of the range over the move.
    for (const Scenario& s : all) {
        if (std::fabs(s.fraction) <= 1.0) {
            CHECK(s.weight == 1.0);
        } else {
            CHECK_THAT(s.weight * std::fabs(s.fraction), WithinRel(0.77, 1e-15));
            CHECK(s.vol == VolMove::up);
        }
    }
}

TEST_CASE("a row of a linear contract is its exposure times the weighted move") {
    const sample::SampleMarket desk = sample::three_coins();
    const DynamicParams p = params();
    const auto scenarios = scenario_list(p);
    const Range range = range_at(state(0.6, 0.5), 0.25, p);
    const Grid grid = Grid::make(scenarios, range, p.max_down_move).value();
    RowPricer pricer{p, scenarios};
    const market::View view = p.view();
    const market::Valuation valuation{desk.market, view};
    const auto priced = valuation.instrument(desk.market.find_instrument("BTC-PERPETUAL").value()).value();
    std::vector<double> row(grid.linear.size());
    const double factor = GENERATE(1.0, 0.7);
    pricer.price(priced, grid, factor, row);
    for (std::size_t k = 0; k < scenarios.size(); ++k) {
        const double move = scenarios[k].fraction * (scenarios[k].fraction < 0.0 ? range.down : range.up);
        CHECK_THAT(row[k], WithinAbs(100'000 * factor * scenarios[k].weight * move, 1e-9));
    }
}

TEST_CASE(
    "a row of an option is Black-76 at the moved price and the shocked volatility, less its value now") {
    const sample::SampleMarket desk = sample::three_coins();
    const DynamicParams p = params();
    const auto scenarios = scenario_list(p);
    const Range range = range_at(state(0.6, 0.5), 0.25, p);
    const Grid grid = Grid::make(scenarios, range, p.max_down_move).value();
    RowPricer pricer{p, scenarios};
    const market::View view = p.view();
    const market::Valuation valuation{desk.market, view};
    const auto priced =
        valuation.instrument(desk.market.find_instrument("BTC-30JAN26-100000-P").value()).value();
    std::vector<double> row(grid.linear.size());
    const double factor = GENERATE(1.0, 0.8);
    pricer.price(priced, grid, factor, row);
    const double years = (29.0 * 86'400 + 8 * 3'600) / (365.0 * 86'400);
    const double tenor = std::pow(30.0 / (years * 365.0), 0.3);
    for (std::size_t k = 0; k < scenarios.size(); ++k) {
        const double move = scenarios[k].fraction * (scenarios[k].fraction < 0.0 ? range.down : range.up);
        const double vol = scenarios[k].vol == VolMove::up     ? 0.6 * (1.0 + 0.5 * tenor)
                           : scenarios[k].vol == VolMove::down ? 0.6 * (1.0 - 0.3 * tenor)
                                                               : 0.6;
        const auto value = [&](double f, double v) {
            return pricing::black76_value(100'000 * f, 100'000, v * std::sqrt(years),
                                          pricing::OptionType::put);
        };
        const double change = value(factor * (1.0 + move), vol) - value(factor, 0.6);
        CHECK_THAT(row[k], WithinAbs(scenarios[k].weight * change, 1e-7));
    }
}
