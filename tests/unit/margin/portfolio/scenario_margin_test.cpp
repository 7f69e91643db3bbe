#include "margin/portfolio/scenario_margin.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::margin;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using pricing::OptionType;

namespace {

UnderlyingLegs future_book(double qty, double price = 1000.0) {
    UnderlyingLegs book;
    book.spot = price;
    book.futures = {{qty, price, 0.0}};
    return book;
}

ScenarioRule rule_of(std::vector<double> moves) {
    ScenarioRule rule;
    for (const double move : moves) rule.scenarios.push_back({move});
    return rule;
}

ExpiryLegs expiry_of(std::vector<OptionLeg> options) {
    ExpiryLegs expiry;
    expiry.seconds = 86400.0;
    expiry.forward = 100.0;
    expiry.options = std::move(options);
    return expiry;
}

}  // namespace

TEST_CASE("shorts are naked where the other side at their strike does not cover them") {
    struct Case {
        std::vector<OptionLeg> held;
        double naked;
    };
    const OptionType call = OptionType::call, put = OptionType::put;
    const auto c = GENERATE_COPY(values<Case>({{{{100, call, -3, 1}}, 3},
                                               {{{100, call, 3, 1}}, 0},
                                               {{{100, call, -3, 1}, {100, put, -2, 1}}, 5},
                                               {{{100, call, -3, 1}, {100, put, 2, 1}}, 1},
                                               {{{100, call, 3, 1}, {100, put, -2, 1}}, 0},
                                               {{{100, call, 1, 1}, {100, put, -2, 1}}, 1},
                                               {{{100, call, -3, 1}, {110, call, 3, 1}}, 3},
                                               {{}, 0}}));
    CHECK(naked_shorts(expiry_of(c.held)) == c.naked);
}

TEST_CASE("minimum delta as Paradex's page works it") {
    CHECK_THAT(minimum_delta({1.0, -1.5}, 70'000, {0.02, 0.01}), WithinRel(1400.0, 1e-14));
    CHECK(minimum_delta({}, 70'000, {0.02, 0.01}) == 0.0);
}

TEST_CASE("concentration starts at its threshold and stops at its cap") {
    const DeltaConcentration rule{1'000'000, 1e-3, 0.1};
    CHECK(delta_concentration(9.0, 100'000, rule) == 0.0);
    CHECK_THAT(delta_concentration(-30.0, 100'000, rule), WithinRel(0.02 * 30, 1e-14));
    CHECK_THAT(delta_concentration(1000.0, 100'000, rule), WithinRel(100.0, 1e-14));
}

TEST_CASE("roll is charged by the year, not below its least") {
    CHECK(roll_rate({0.01, 0.075}, 0.0) == 0.01);
    CHECK_THAT(roll_rate({0.01, 0.075}, 2.0), WithinRel(0.15, 1e-14));
}

TEST_CASE("factors and charges add up to the two requirements") {
    ScenarioRule rule = rule_of({-0.1, 0.1});
    rule.maintenance_factor = 0.8;
    rule.futures = {0.03, 0.01};
    rule.peg = {0.99, 4.0};
    rule.oracle = {0.55, 1.0};
    UnderlyingLegs book = future_book(2.0);
    book.cash = 500.0;
    book.stable = 0.94;
    book.spot_confidence = 0.5;
    book.provision = 7.0;
    book.initial_provision = 3.0;
    const ScenarioMargin m = scenario_margin(book, rule).value();
    CHECK_THAT(m.scenario_loss, WithinRel(200.0, 1e-12));
    CHECK(m.worst == 0);
    CHECK_THAT(m.maintenance, WithinRel(0.8 * 200 + 60 + 7, 1e-12));
    CHECK_THAT(m.initial, WithinRel(1.2 * 200 + 60 + 20 + 0.5 * 2000 + 7 + 3, 1e-12));
    CHECK_THAT(m.maintenance_headroom(), WithinRel(500 - m.maintenance, 1e-12));
    rule.factor_on_charges = true;
    CHECK_THAT(scenario_margin(book, rule).value().maintenance, WithinRel(0.8 * 260 + 7, 1e-12));
}

TEST_CASE("a future's feed counts only where there is a future") {
    ScenarioRule rule = rule_of({0.0});
    rule.oracle = {0.55, 1.0};
    UnderlyingLegs book = future_book(1.0);
    book.futures_confidence = 0.2;
    CHECK_THAT(scenario_margin(book, rule).value().charges.oracle, WithinRel(800.0, 1e-14));
    book.futures.clear();
    CHECK(scenario_margin(book, rule).value().charges.oracle == 0.0);
}

TEST_CASE("the basis loss or the minimum delta binds where no scenario is worse") {
    ScenarioRule rule = rule_of({0.0});
    rule.basis = {0.05, -0.05, 1.0, 0.0};
    UnderlyingLegs book;
    book.spot = 100.0;
    book.expiries.push_back(expiry_of({{1e-6, OptionType::call, -1, 0.5}}));  // a forward, in effect
    const ScenarioMargin m = scenario_margin(book, rule).value();
    CHECK(m.worst == m.matrix.scenarios);
    CHECK_THAT(m.scenario_loss, WithinRel(5.0, 1e-9));
    ScenarioRule least = rule_of({0.001});
    least.minimum_delta = {0.02, 0.01};
    CHECK_THAT(scenario_margin(future_book(-3.0), least).value().scenario_loss, WithinRel(60.0, 1e-12));
}

TEST_CASE("more scenarios never ask for less, and what cancels asks for nothing") {
    UnderlyingLegs book = future_book(2.0, 100.0);
    book.expiries.push_back(expiry_of({{95, OptionType::put, -1, 0.7}, {105, OptionType::call, 2, 0.6}}));
    std::vector<double> moves;
    double last = 0.0;
    for (const double move : {0.0, 0.05, -0.05, 0.2, -0.01, -0.3, 0.6}) {
        moves.push_back(move);
        const double loss = scenario_margin(book, rule_of(moves)).value().scenario_loss;
        CHECK(loss >= last);
        last = loss;
    }
    CHECK(last > 0.0);
    UnderlyingLegs parity = future_book(-0.3, 100.0);  // put, call and future of one strike
    parity.expiries.push_back(
        expiry_of({{97, OptionType::call, 0.3, 0.7}, {97, OptionType::put, -0.3, 0.7}}));
    CHECK(scenario_margin(parity, rule_of(moves)).value().scenario_loss == 0.0);
}
