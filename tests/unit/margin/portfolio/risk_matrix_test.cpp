#include "margin/portfolio/risk_matrix.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "margin/portfolio/scenarios.hpp"
#include "pricing/black76.hpp"

using namespace tidemark;
using namespace tidemark::margin;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using pricing::OptionType;
using pricing::Payoff;

namespace {

constexpr double day = 86400.0;

ScenarioRule plain_rule(std::vector<RiskScenario> scenarios) {
    ScenarioRule rule;
    rule.scenarios = std::move(scenarios);
    rule.discount_at_rate = false;
    return rule;
}

UnderlyingLegs option_book(std::vector<OptionLeg> options, double seconds = 30 * day) {
    UnderlyingLegs book;
    book.spot = 100.0;
    ExpiryLegs expiry;
    expiry.seconds = seconds;
    expiry.forward = 100.0;
    expiry.options = std::move(options);
    book.expiries.push_back(expiry);
    return book;
}

double priced(double forward, const OptionLeg& leg, double vol, double seconds) {
    return pricing::black76_value(forward, leg.strike, vol * std::sqrt(seconds / (365 * day)), leg.type);
}

}  // namespace

TEST_CASE("an option is repriced at the moved forward and the shocked volatility") {
    const OptionLeg call{110.0, OptionType::call, -3.0, 0.6};
    auto rule = plain_rule({{0.1, VolMove::up}, {-0.2, VolMove::none}, {0.0, VolMove::down, 0.5}});
    rule.vol_shock = {.range_up = 0.5, .range_down = 0.25};
    const RiskMatrix m = risk_matrix(option_book({call}), rule).value();
    const double seconds = 30 * day, now = priced(100, call, 0.6, seconds);
    CHECK_THAT(m.pnl[0], WithinRel(-3 * (priced(110, call, 0.9, seconds) - now), 1e-12));
    CHECK_THAT(m.pnl[1], WithinRel(-3 * (priced(80, call, 0.6, seconds) - now), 1e-12));
    CHECK_THAT(m.pnl[2], WithinRel(-3 * 0.5 * (priced(100, call, 0.45, seconds) - now), 1e-12));
    CHECK_THAT(m.option_value, WithinRel(-3 * now, 1e-12));
    CHECK_THAT(m.raw_leg(0)[2], WithinRel(2 * m.pnl[2], 1e-12));
}

TEST_CASE("legs sum to the book in every scenario") {
    auto rule = plain_rule(scenario_product(bucket_moves(0.18, 4), std::vector{VolMove::up}));
    rule.scenarios.push_back({0.0, VolMove::linear_skew});
    rule.linear_skew = {0.15, -0.05};
    rule.gain_discount = {0.95, 0.0, 0.08};
    rule.loss_discount = {1.04, 0.0, 0.08};
    UnderlyingLegs book = option_book({{90, OptionType::put, -2, 0.7}, {120, OptionType::call, 5, 0.6}});
    book.futures.push_back({-1.5, 101.0, 0.0});
    book.collateral.push_back({250.0, 250.0, true});
    book.collateral.push_back({400.0, 400.0, false});
    const RiskMatrix m = risk_matrix(book, rule).value();
    REQUIRE(m.leg_pnl.size() == 5 * m.scenarios);
    for (std::size_t k = 0; k < m.scenarios; ++k) {
        double sum = 0.0;
        for (std::size_t leg = 0; leg < 5; ++leg) sum += m.leg(leg)[k];
        CHECK_THAT(sum, WithinAbs(m.pnl[k], 1e-12));
        CHECK(m.leg(2)[k] == 0.0);
    }
}

TEST_CASE("static discounts follow the sign of the shocked expiry, the short one capped") {
    auto rule = plain_rule({{0.0, VolMove::none}});
    rule.discount_at_rate = true;
    rule.gain_discount = {0.95, 1.0, 0.08};
    rule.loss_discount = {1.04, 0.5, 0.08};
    UnderlyingLegs book = option_book({{100, OptionType::call, 1, 0.8}}, 365 * day);
    book.expiries[0].rate = 0.05;
    const double value = std::exp(-0.05) * priced(100, book.expiries[0].options[0], 0.8, 365 * day);
    CHECK_THAT(risk_matrix(book, rule).value().pnl[0],
               WithinRel(value * (0.95 * std::exp(-0.13) - 1.0), 1e-12));
    book.expiries[0].options[0].qty = -1;
    CHECK_THAT(risk_matrix(book, rule).value().pnl[0], WithinRel(-value * (std::exp(0.05) - 1.0), 1e-12));
    book.expiries[0].rate = -0.05;  // counts as 0
    CHECK_THAT(risk_matrix(book, rule).value().pnl[0], WithinAbs(0.0, 1e-12));
}

TEST_CASE("what a skew gains counts as lost, expiry by expiry") {
    auto rule = plain_rule({{0.0, VolMove::linear_skew}});
    rule.linear_skew = {0.2, 0.0};
    for (const double qty : {1.0, -1.0}) {
        const RiskMatrix m = risk_matrix(option_book({{120, OptionType::call, qty, 0.6}}), rule).value();
        CHECK(m.pnl[0] < 0.0);
        CHECK_THAT(std::fabs(m.pnl[0]), WithinRel(std::fabs(m.raw_leg(0)[0]), 1e-12));
    }
}

TEST_CASE("in a skew scenario that moves spot options keep to their forward, and all else moves") {
    auto still = plain_rule({{0.0, VolMove::absolute_skew}}),
         moved = plain_rule({{-0.2, VolMove::absolute_skew}});
    still.absolute_skew = moved.absolute_skew = {0.2, 0.0};
    UnderlyingLegs book = option_book({{80, OptionType::put, -2, 0.7}});
    const double options = risk_matrix(book, still).value().pnl[0];
    CHECK(risk_matrix(book, moved).value().pnl[0] == options);
    book.futures.push_back({1.5, 100.0, 0.0});
    CHECK_THAT(risk_matrix(book, moved).value().pnl[0], WithinRel(options - 1.5 * 20.0, 1e-12));
}

TEST_CASE("the skew factor holds its cap on each side of the forward") {
    const SkewWidth width{0.01, 4.0, 0.6, 0.0};
    const SkewCap cap{0.15, 0.0};
    const double flat = 4.0 * 0.6 * 0.5;  // a quarter of a year
    CHECK_THAT(skew_factor(0.5 * flat, 0.25, cap, width), WithinRel(1.075, 1e-14));
    CHECK_THAT(skew_factor(-0.5 * flat, 0.25, cap, width), WithinRel(0.925, 1e-14));
    CHECK(skew_factor(3 * flat, 0.25, cap, width) == 1.15);
    CHECK(skew_factor(-3 * flat, 0.25, cap, width) == 0.85);
    // A cap below 0 turns the slope round: no further down than the cap above the forward, no further up
    // below.
    CHECK(skew_factor(0.1, 0.25, {-2.0, 0.0}, width) == 0.0);
    CHECK(skew_factor(-0.1, 0.25, {-2.0, 0.0}, width) == 3.0);
}

TEST_CASE("settlement averaging fixes part of the forward") {
    CHECK(settled_part(100.0, 1800.0, 1800.0) == 0.0);
    CHECK(settled_part(100.0, 450.0, 1800.0) == 75.0);
    UnderlyingLegs book = option_book({{100, OptionType::call, 1, 0.0}}, 450.0);
    book.expiries[0].settled = 75.0;
    auto rule = plain_rule({{0.2, VolMove::none}, {-1.0, VolMove::none}});
    const RiskMatrix m = risk_matrix(book, rule).value();
    CHECK_THAT(m.pnl[0], WithinRel(5.0, 1e-12));  // 25 of 100 move by 20 %
    CHECK_THAT(m.pnl[1], WithinAbs(0.0, 1e-9));
}

TEST_CASE("an inverse book counts in coin") {
    const auto rule = plain_rule({{-0.5, VolMove::none}, {1.0, VolMove::none}});
    UnderlyingLegs book = option_book({{100, OptionType::call, 2, 0.6}});
    book.payoff = Payoff::inverse;
    book.futures.push_back({3.0, 100.0, 0.0});
    const RiskMatrix m = risk_matrix(book, rule).value();
    CHECK_THAT(m.leg(0)[0], WithinRel(-3.0, 1e-14));  // q (1 - 1/(1 + m))
    CHECK_THAT(m.leg(0)[1], WithinRel(1.5, 1e-14));
    const OptionLeg& leg = book.expiries[0].options[0];
    const double now = priced(100, leg, 0.6, 30 * day) / 100;
    CHECK_THAT(m.leg(1)[1], WithinRel(2 * (priced(200, leg, 0.6, 30 * day) / 200 - now), 1e-12));
}

TEST_CASE("the tail of a future loses what the end of the range does, less its relief") {
    const ExtendedTable table{0.16, 1.0, 8.0};
    UnderlyingLegs book;
    book.payoff = Payoff::inverse;
    book.spot = 50.0;
    for (const double qty : {1.0, -1.0}) {
        book.futures = {{qty, 50.0, 0.0}};
        for (const double move : {-0.66, -0.33, 0.5, 1.0, 5.0}) {
            const double end = 1.0 + std::copysign(0.16, move);
            const RiskMatrix m =
                risk_matrix(book, plain_rule({extended_scenario(move, table, Payoff::inverse)})).value();
            CHECK_THAT(m.pnl[0], WithinRel(qty * (1.0 - 1.0 / end), 1e-12));
            const double relief = (std::fabs(move) / 0.16 - 1.0) * 8.0 / (end * 50.0);
            const double left = std::max(0.0, std::fabs(m.pnl[0]) - relief);
            CHECK_THAT(std::fabs(m.counted[0]), WithinAbs(left, 1e-14));
        }
    }
}

TEST_CASE("gains count at their offset, up to their cap") {
    auto rule = plain_rule({{0.1}, {-0.1}, {0.5}});
    rule.gain_offset = 0.6;
    rule.gain_cap = 20.0;
    UnderlyingLegs book;
    book.spot = 100.0;
    book.futures = {{1.0, 100.0, 0.0}};
    const RiskMatrix m = risk_matrix(book, rule).value();
    CHECK_THAT(m.counted[0], WithinRel(6.0, 1e-12));
    CHECK_THAT(m.counted[1], WithinRel(-10.0, 1e-12));
    CHECK(m.counted[2] == 20.0);
}

TEST_CASE("SPAN's sixteen scenarios of a future, McMillan ch. 34") {
    UnderlyingLegs book;
    book.spot = 10'000.0;
    book.futures = {{1.0, 10'000.0, 0.0}};
    const auto pnl = risk_matrix(book, plain_rule(span_scenarios(1.0, 2.0, 0.35))).value().pnl;
    const double printed[] = {0,     0,     3330,  3330,  -3330,  -3330,  6670, 6670,
                              -6670, -6670, 10000, 10000, -10000, -10000, 7000, -7000};
    REQUIRE(pnl.size() == 16);
    for (std::size_t k = 0; k < 16; ++k) CHECK_THAT(pnl[k], WithinAbs(printed[k], 4.0));
}

TEST_CASE("numbers that make no sense are refused") {
    const auto rule = plain_rule({{0.1}});
    const auto refused = [&](auto change) {
        UnderlyingLegs book = option_book({{100, OptionType::call, 1, 0.6}});
        change(book);
        return !risk_matrix(book, rule);
    };
    CHECK(refused([](UnderlyingLegs& b) { b.spot = 0.0; }));
    CHECK(refused([](UnderlyingLegs& b) { b.expiries[0].forward = -1.0; }));
    CHECK(refused([](UnderlyingLegs& b) { b.expiries[0].seconds = -1.0; }));
    CHECK(refused([](UnderlyingLegs& b) { b.expiries[0].settled = 101.0; }));
    CHECK(refused([](UnderlyingLegs& b) { b.expiries[0].options[0].strike = 0.0; }));
    CHECK(refused([](UnderlyingLegs& b) { b.expiries[0].options[0].vol = std::nan(""); }));
    CHECK(refused([](UnderlyingLegs& b) { b.futures.push_back({1.0, 0.0, 0.0}); }));
    CHECK_FALSE(refused([](UnderlyingLegs&) {}));
    CHECK_FALSE(risk_matrix(option_book({{100, OptionType::call, 1, 0.6}}), plain_rule({{-1.1}})));
}

TEST_CASE("at no time and no volatility an option is its payoff") {
    auto rule = plain_rule({{0.1, VolMove::up}, {-1.0, VolMove::none}});
    rule.vol_shock.days_floor = 0.0;
    const RiskMatrix m = risk_matrix(option_book({{105, OptionType::put, 1, 0.6}}, 0.0), rule).value();
    CHECK_THAT(m.pnl[0], WithinAbs(-5.0, 1e-12));
    CHECK_THAT(m.pnl[1], WithinAbs(100.0, 1e-9));
}
