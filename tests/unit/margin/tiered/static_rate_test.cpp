#include "margin/tiered/static_rate.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinRel;

TEST_CASE("the static model takes its rate of each instrument's notional, without offset") {
    const SampleMarket desk = three_coins();
    const auto fixed = model("static", desk.market);
    struct Case {
        std::string name;
        std::vector<Held> held;
        double notional;
    };
    const auto c = GENERATE(values<Case>(
        {{"nothing", {}, 0.0},
         {"long", {{"BTC_USDC-PERPETUAL", 2, 90'000}}, 200'000},
         {"short", {{"BTC_USDC-PERPETUAL", -2, 90'000}}, 200'000},
         {"one instrument nets", {{"BTC_USDC-PERPETUAL", 2, 1}, {"BTC_USDC-PERPETUAL", -1.5, 1}}, 50'000},
         {"two do not", {{"BTC_USDC-PERPETUAL", 2, 1}, {"ETH_USDC-PERPETUAL", -10, 1}}, 240'000},
         {"short option", {{"BTC_USDC-30JAN26-120000-C", -3}}, 300'000},
         {"coin-settled short option", {{"BTC-30JAN26-100000-P", -3}}, 300'000}}));
    INFO(c.name);
    const auto r = required(*fixed, portfolio(desk.market, {{"USD", 1e6}}, c.held));
    CHECK_THAT(r.initial_margin, WithinRel(0.1 * c.notional, 1e-14));
    CHECK_THAT(r.maintenance_margin, WithinRel(0.05 * c.notional, 1e-14));
    CHECK(r.parts[Part::base] == r.initial_margin);
}

TEST_CASE("a long option needs what it is worth where that is less than the rate") {
    const SampleMarket desk = three_coins();
    const auto fixed = model("static", desk.market);
    const auto far =
        required(*fixed, portfolio(desk.market, {{"USD", 1.0}}, {{"BTC_USDC-30JAN26-120000-C", 2}}));
    CHECK_THAT(far.initial_margin, WithinRel(far.equity - 1.0, 1e-12));
    CHECK(far.maintenance_margin <= far.initial_margin);
    const auto deep =
        required(*fixed, portfolio(desk.market, {{"USD", 1.0}}, {{"BTC_USDC-30JAN26-80000-C", 2}}));
    CHECK_THAT(deep.initial_margin, WithinRel(20'000.0, 1e-14));
}

TEST_CASE("equity is collateral after haircut plus profit, shifted as the market is") {
    const SampleMarket desk = three_coins();
    const auto fixed = model("static", desk.market);
    const auto account =
        portfolio(desk.market, {{"USD", -1'000}, {"BTC", 0.5}}, {{"BTC_USDC-PERPETUAL", 1, 90'000}});
    const auto here = required(*fixed, account);
    CHECK_THAT(here.collateral_value, WithinRel(-1'000 + 0.5 * 95'000, 1e-14));
    CHECK_THAT(here.equity, WithinRel(46'500.0 + 10'000.0, 1e-14));
    market::Shift shift(desk.market.assets(), 1.0);
    shift[desk.market.find_asset("BTC").value()] = 0.8;
    const auto there = required(*fixed, account, shift);
    CHECK_THAT(there.equity, WithinRel(-1'000 + 0.8 * 47'500 - 10'000, 1e-14));
    CHECK_THAT(there.maintenance_margin, WithinRel(0.05 * 80'000, 1e-14));
}

TEST_CASE("oracle confidence takes collateral lower and debt higher") {
    SampleMarket desk;
    desk.price("BTC", 100'000, 200.0);
    const auto fixed = model("static", desk.market, {"confidence_multiple=2"});
    CHECK_THAT(required(*fixed, portfolio(desk.market, {{"BTC", 2}}, {})).equity,
               WithinRel(2 * 99'600 * 0.95, 1e-14));
    CHECK_THAT(required(*fixed, portfolio(desk.market, {{"BTC", -2}}, {})).equity,
               WithinRel(-2 * 100'400.0, 1e-14));
    CHECK_THAT(fixed->collateral_unit(desk.market.find_asset("BTC").value()).value(),
               WithinRel(99'600 * 0.95, 1e-14));
}

TEST_CASE("a model says which parts it leaves at 0, and how it looks at prices") {
    const market::Market market;
    for (const policy::Preset& preset : policy::presets()) {
        INFO(preset.name);
        const auto made = margin::make_model(policy::preset(preset.name).value(), market).value();
        CHECK(std::ranges::count(made->charged(), Part::base) == 1);
        CHECK_FALSE(made->view().par_assets.empty());
        CHECK(made->view().quotes.max_age_ms > 0);
    }
}
