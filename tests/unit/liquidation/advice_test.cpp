#include "liquidation/advice.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using liquidation::Case;
using liquidation::Cut;

namespace {

struct Account {
    Account(const SampleMarket& the_desk, std::string_view preset, const std::vector<Cash>& cash,
            const std::vector<Held>& held, const std::vector<std::string>& sets = {})
        : desk{the_desk},
          rule{model(preset, desk.market, sets)},
          holds{portfolio(desk.market, cash, held)},
          now{required(*rule, holds)} {}

    [[nodiscard]] Case as_case() const { return {*rule, desk.market, holds, now}; }
    [[nodiscard]] market::AssetId asset(std::string_view name) const {
        return desk.market.find_asset(name).value();
    }
    [[nodiscard]] bool covered(const market::Portfolio& other) const {
        const margin::Requirement r = required(*rule, other);
        return r.equity >= r.initial_margin;
    }
    [[nodiscard]] bool covered_with(std::string_view name, double qty) const {
        market::Portfolio more = holds;
        more.balances.push_back({asset(name), qty});
        more.sort(desk.market);
        return covered(more);
    }
    [[nodiscard]] bool covered_after(std::vector<Cut> cuts, double part) const {
        for (Cut& cut : cuts) cut.qty *= part;
        return covered(liquidation::after_cuts(as_case(), cuts, asset("USD")).value());
    }

    const SampleMarket& desk;
    std::unique_ptr<margin::Model> rule;
    market::Portfolio holds;
    margin::Requirement now;
};

}  // namespace

TEST_CASE("a top-up in cash is the shortfall, and in coin is what that coin counts for") {
    const SampleMarket desk = three_coins();
    const Account account{desk, "static", {{"USD", 4'000}}, {{"BTC_USDC-PERPETUAL", 1, 100'000}}};
    const auto usd = liquidation::top_up(account.as_case(), account.asset("USD")).value();
    REQUIRE(usd);
    CHECK_THAT(*usd, WithinRel(6'000.0, 1e-12));
    const auto btc = liquidation::top_up(account.as_case(), account.asset("BTC")).value();
    REQUIRE(btc);
    CHECK_THAT(*btc, WithinRel(6'000.0 / 95'000, 1e-12));
}

TEST_CASE("a top-up that is followed reaches initial margin, and 0.99 of it does not") {
    const SampleMarket desk = three_coins();
    struct Numbers {
        std::string name;
        std::vector<Cash> cash;
        std::vector<Held> held;
        std::string asset;
    };
    const auto c = GENERATE(values<Numbers>(
        {{"long", {{"USD", 9'000}}, {{"BTC_USDC-PERPETUAL", 1, 100'000}}, "USD"},
         {"coin that is itself a risk", {{"USD", 9'000}}, {{"BTC_USDC-PERPETUAL", 1, 100'000}}, "BTC"},
         {"coin that covers", {{"USD", 9'000}}, {{"BTC_USDC-30JAN26-110000-C", -1}}, "BTC"},
         {"straddle",
          {{"USD", 1'000}},
          {{"BTC_USDC-30JAN26-100000-C", -1}, {"BTC_USDC-30JAN26-100000-P", -1}},
          "ETH"},
         {"bankrupt", {{"USD", -50'000}}, {{"ETH_USDC-PERPETUAL", 10, 4'000}}, "USD"},
         {"debt alone", {{"USD", -500}}, {}, "SOL"}}));
    INFO(c.name);
    const Account account{desk, "dynamic", c.cash, c.held, {"haircuts.SOL=0.1"}};
    REQUIRE(account.now.equity < account.now.initial_margin);
    const auto amount = liquidation::top_up(account.as_case(), account.asset(c.asset)).value();
    REQUIRE(amount);
    CHECK(account.covered_with(c.asset, *amount));
    CHECK_FALSE(account.covered_with(c.asset, 0.99 * *amount));
    CHECK_FALSE(account.covered_with(c.asset, *amount * (1.0 - 1e-9)));
}

TEST_CASE("no top-up of what counts for nothing") {
    const SampleMarket desk = three_coins();
    const Account account{
        desk, "dynamic", {{"USD", 1}}, {{"ETH_USDC-PERPETUAL", 1, 4'000}}, {"haircuts.BTC=1"}};
    CHECK_FALSE(liquidation::top_up(account.as_case(), account.asset("BTC")).value());
}

TEST_CASE("a cut that is followed reaches initial margin, and 0.99 of it does not") {
    const SampleMarket desk = three_coins();
    struct Numbers {
        std::string name;
        std::vector<Cash> cash;
        std::vector<Held> held;
        std::size_t cuts;
    };
    const auto c =
        GENERATE(values<Numbers>({{"long", {{"USD", 9'000}}, {{"BTC_USDC-PERPETUAL", 1, 100'000}}, 1},
                                  {"inverse", {{"BTC", 0.1}}, {{"BTC-PERPETUAL", -1, 100'000}}, 1},
                                  {"one of two",
                                   {{"USD", 45'000}},
                                   {{"BTC_USDC-PERPETUAL", 2, 100'000}, {"ETH_USDC-PERPETUAL", 30, 4'000}},
                                   1},
                                  {"strangle",
                                   {{"USD", 15'000}},
                                   {{"BTC_USDC-30JAN26-90000-P", -1}, {"BTC_USDC-30JAN26-110000-C", -1}},
                                   1},
                                  {"all of them",
                                   {{"USD", 1'000}},
                                   {{"BTC_USDC-PERPETUAL", 1, 100'000}, {"ETH_USDC-PERPETUAL", 30, 4'000}},
                                   2}}));
    INFO(c.name);
    const Account account{desk, "dynamic", c.cash, c.held};
    REQUIRE(account.now.equity < account.now.initial_margin);
    const auto cuts = liquidation::smallest_cut(account.as_case(), account.asset("USD")).value();
    REQUIRE(cuts.size() == c.cuts);
    CHECK(account.covered_after(cuts, 1.0));
    CHECK_FALSE(account.covered_after(cuts, 0.99));
}

TEST_CASE("a cut of a linear position is its excess over what equity carries") {
    const SampleMarket desk = three_coins();
    const Account account{desk, "static", {{"USD", 4'000}}, {{"BTC_USDC-PERPETUAL", 1, 100'000}}};
    const auto cuts = liquidation::smallest_cut(account.as_case(), account.asset("USD")).value();
    REQUIRE(cuts.size() == 1);
    CHECK_THAT(cuts[0].qty, WithinRel(-0.6, 1e-12));
}

TEST_CASE("a hedge that is too large is cut down to size, though closing it whole would not help") {
    // Long 1, short 3: 4,000 carry 0.4 net. Buying back 1.6 is enough; buying back all 3 leaves 1 unhedged.
    const SampleMarket desk = three_coins();
    const double range = 100'000 * 0.5 * 0.27325786572935895;
    const Account account{desk,
                          "dynamic",
                          {{"USD", 0.4 * range}},
                          {{"BTC_USDC-PERPETUAL", 1, 100'000}, {"BTC-PERPETUAL", -3, 100'000}},
                          scenarios_alone()};
    const auto cuts = liquidation::smallest_cut(account.as_case(), account.asset("USD")).value();
    REQUIRE(cuts.size() == 1);
    CHECK(cuts[0].instrument == desk.market.find_instrument("BTC-PERPETUAL").value());
    CHECK_THAT(cuts[0].qty, WithinAbs(1.6, 1e-9));
    CHECK(account.covered_after(cuts, 1.0));
}

TEST_CASE("where closing everything is not enough there is no cut") {
    const SampleMarket desk = three_coins();
    const Account account{desk,
                          "dynamic",
                          {{"USD", -5}},
                          {{"BTC_USDC-PERPETUAL", 1, 100'000}, {"ETH_USDC-PERPETUAL", 1, 4'000}}};
    CHECK(liquidation::smallest_cut(account.as_case(), account.asset("USD")).value().empty());
    const Account debt{desk, "dynamic", {{"USD", -5}}, {}};
    CHECK(liquidation::smallest_cut(debt.as_case(), debt.asset("USD")).value().empty());
}

TEST_CASE("cutting moves value to cash and creates none") {
    const SampleMarket desk = three_coins();
    const Account account{desk,
                          "static",
                          {{"USD", 10}, {"BTC", 1}},
                          {{"BTC_USDC-PERPETUAL", 2, 90'000}, {"BTC_USDC-30JAN26-110000-C", -3}}};
    const double part = GENERATE(0.25, 1.0);
    const auto left = liquidation::after_cuts(
                          account.as_case(),
                          {{desk.market.find_instrument("BTC_USDC-PERPETUAL").value(), -2 * part},
                           {desk.market.find_instrument("BTC_USDC-30JAN26-110000-C").value(), 3 * part}},
                          account.asset("USD"))
                          .value();
    CHECK(left.holdings.size() == (part == 1.0 ? 0U : 2U));
    CHECK_THAT(required(*account.rule, left).equity, WithinRel(account.now.equity, 1e-12));
}

TEST_CASE("a cut of one side of an instrument held long and short leaves the other side alone") {
    const SampleMarket desk = three_coins();
    const Account account{desk,
                          "static",
                          {{"USD", 10}},
                          {{"BTC_USDC-PERPETUAL", -2, 90'000}, {"BTC_USDC-PERPETUAL", 3, 95'000}}};
    const auto id = desk.market.find_instrument("BTC_USDC-PERPETUAL").value();
    const auto left = liquidation::after_cuts(account.as_case(), {{id, -3}}, account.asset("USD")).value();
    REQUIRE(left.holdings.size() == 1);
    CHECK(left.holdings[0].qty == -2);
    CHECK_THAT(required(*account.rule, left).equity, WithinRel(account.now.equity, 1e-12));
}
