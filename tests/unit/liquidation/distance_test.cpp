#include "liquidation/distance.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "liquidation/first_passage.hpp"
#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using liquidation::Case;
using liquidation::Root;

namespace {

struct Judged {
    margin::Requirement now;
    std::vector<Root> roots;
    double touch_1d;
};

/// The roots of the account; each is put back, and must give equity = maintenance to 1e-9 of what is held.
Judged judge(const SampleMarket& desk, std::string_view preset, const std::vector<Cash>& cash,
             const std::vector<Held>& held, double notional, const std::vector<std::string>& sets = {}) {
    const auto rule = model(preset, desk.market, sets);
    const market::Portfolio account = portfolio(desk.market, cash, held);
    Judged out{required(*rule, account), {}, 0.0};
    const Case one{*rule, desk.market, account, out.now};
    out.roots = roots(one).value();
    out.touch_1d = liquidation::touch_probability(one, out.roots, 1.0 / 365.0).value();
    for (const Root& root : out.roots) {
        market::Shift shift(desk.market.assets(), 1.0);
        for (const market::AssetId asset : liquidation::underlyings(one)) {
            if (root.all || asset == root.underlying) shift[asset] = root.factor;
        }
        const margin::Requirement there = required(*rule, account, shift);
        CHECK(std::fabs(there.equity - there.maintenance_margin) <= 1e-9 * notional);
    }
    return out;
}

/// One coin at a price, with a linear and an inverse perpetual marked there.
SampleMarket one_coin(const std::string& coin, double price) {
    SampleMarket desk;
    desk.price(coin, price).vol(coin, 0.8, 0.8);
    desk.mark(coin + "_USDC-PERPETUAL", price).mark(coin + "-PERPETUAL", price);
    return desk;
}

}  // namespace

TEST_CASE("a single linear perpetual is liquidated where dYdX says") {
    // p' = (e - s p) / (|s| MMF - s); the first is the example of dYdX's own page.
    struct Numbers {
        double equity, size, price, fraction;
    };
    const auto c = GENERATE(values<Numbers>({{1000, -3, 3000, 0.05},
                                             {1000, 3, 3000, 0.05},
                                             {1000, 1, 3000, 0.03},
                                             {12'345.678, -0.7, 98'765.4, 0.006},
                                             {2'000, 5, 1'000, 0.1},
                                             {0.5, -0.001, 1'000, 0.004}}));
    const SampleMarket desk = one_coin("ETH", c.price);
    const double expected =
        (c.equity - c.size * c.price) / (std::fabs(c.size) * c.fraction - c.size) / c.price;
    const Judged found =
        judge(desk, "static", {{"USD", c.equity}}, {{"ETH_USDC-PERPETUAL", c.size, c.price}},
              std::fabs(c.size) * c.price, {"maintenance_rate=" + std::to_string(c.fraction)});
    REQUIRE(found.roots.size() == 1);
    CHECK_THAT(found.roots[0].factor, WithinRel(expected, 1e-12));
    CHECK_THAT(found.roots[0].sigmas, WithinRel(std::log(expected) / (0.8 / std::sqrt(365.0)), 1e-11));
    if (c.size == -3) CHECK_THAT(found.roots[0].factor * 3000, WithinRel(3174.6031746031745, 1e-12));
}

TEST_CASE("an inverse perpetual is liquidated where Binance says") {
    // Binance COIN-M, isolated, as its API answered: S (1 + mmr) / (WB + S / E) for 2 contracts of 100 USD.
    const double usd = 200, entry = 37'643.10000021, wallet = 0.00268058, rate = 0.004;
    const double price = 40'000;
    const SampleMarket desk = one_coin("BTC", price);
    const Judged found = judge(desk, "static", {{"BTC", wallet}}, {{"BTC-PERPETUAL", usd / entry, entry}},
                               usd, {"maintenance_rate=0.004", "haircuts.BTC=0"});
    REQUIRE(found.roots.size() == 1);
    CHECK_THAT(usd * (1.0 + rate) / (wallet + usd / entry), WithinRel(25119.9744576, 1e-10));
    CHECK_THAT(found.roots[0].factor * price, WithinRel(usd * (1.0 + rate) / (wallet + usd / entry), 1e-12));
}

TEST_CASE("an inverse perpetual without a maintenance rate is bankrupt where its coin runs out") {
    // WB + S / E = S / P (Bybit's inverse bankruptcy price, without fees).
    const double usd = 200, entry = 37'643.1, wallet = 0.00268058, price = 40'000;
    const SampleMarket desk = one_coin("BTC", price);
    const Judged found = judge(desk, "static", {{"BTC", wallet}}, {{"BTC-PERPETUAL", usd / entry, entry}},
                               usd, {"maintenance_rate=0", "haircuts.BTC=0"});
    REQUIRE(found.roots.size() == 1);
    CHECK_THAT(found.roots[0].factor * price, WithinRel(usd / (wallet + usd / entry), 1e-12));
}

TEST_CASE("a short straddle has an edge on either side") {
    const SampleMarket desk = three_coins();
    const std::string rule = GENERATE("dynamic", "static");
    const Judged found = judge(desk, rule, {{"USD", 60'000}},
                               {{"BTC_USDC-30JAN26-100000-C", -1}, {"BTC_USDC-30JAN26-100000-P", -1}}, 2e5);
    REQUIRE(found.roots.size() == 2);
    CHECK(found.roots[0].factor < 1.0);
    CHECK(found.roots[1].factor > 1.0);
}

TEST_CASE("an iron condor has an edge on either side, and four where its wings are wider than its body") {
    // Beyond the bought strikes a larger wing earns the loss back, so each side is left and entered again.
    struct Wings {
        double wing, usd;
        std::size_t edges;
    };
    const auto c = GENERATE(values<Wings>({{1.0, 8'000, 2}, {1.2, 5'000, 4}}));
    const SampleMarket desk = three_coins();
    const Judged found = judge(desk, "dynamic", {{"USD", c.usd}},
                               {{"BTC_USDC-30JAN26-90000-P", -1},
                                {"BTC_USDC-30JAN26-110000-C", -1},
                                {"BTC_USDC-30JAN26-80000-P", c.wing},
                                {"BTC_USDC-30JAN26-120000-C", c.wing}},
                               4e5);
    REQUIRE(found.now.equity > found.now.maintenance_margin);
    REQUIRE(found.roots.size() == c.edges);
    CHECK(found.roots[c.edges / 2 - 1].factor < 1.0);
    CHECK(found.roots[c.edges / 2].factor > 1.0);
}

TEST_CASE("a dip no wider than the strikes of a butterfly is found, far from the price") {
    // Short one butterfly of 149,500, 150,000 and 150,500 in its last hours: 500 are lost at 150,000 alone.
    SampleMarket desk = one_coin("BTC", 100'000);
    for (const char* strike : {"149500", "150000", "150500"})
        desk.option(std::string{"BTC_USDC-1JAN26-"} + strike + "-C", 100'000, 0.02);
    const Judged found = judge(
        desk, "static", {{"USD", 200}},
        {{"BTC_USDC-1JAN26-149500-C", -1}, {"BTC_USDC-1JAN26-150000-C", 2}, {"BTC_USDC-1JAN26-150500-C", -1}},
        4e5, {"maintenance_rate=0"});
    REQUIRE(found.roots.size() == 2);
    // Worth 200 short of its peak of 500, a payoff of straight lines is 300 from it; time rounds it off.
    CHECK_THAT(found.roots[0].factor, WithinAbs(1.497, 2e-4));
    CHECK_THAT(found.roots[1].factor, WithinAbs(1.503, 2e-4));
}

TEST_CASE("none is an answer: a covered account has no edge") {
    const SampleMarket desk = three_coins();
    struct Covered {
        std::string name;
        std::vector<Cash> cash;
        std::vector<Held> held;
    };
    const auto c = GENERATE(values<Covered>(
        {{"cash", {{"USD", 1000}}, {}},
         {"coin", {{"BTC", 1}}, {}},
         {"long call paid for", {{"USD", 1000}}, {{"BTC_USDC-30JAN26-110000-C", 1}}},
         {"covered call", {{"BTC", 1.2}}, {{"BTC-30JAN26-100000-C", -1}}},
         {"coin hedged by an inverse short", {{"BTC", 1.1}}, {{"BTC-PERPETUAL", -1, 100'000}}}}));
    INFO(c.name);
    const Judged found = judge(desk, "dynamic", c.cash, c.held, 1e5);
    CHECK(found.roots.empty());
    CHECK(found.touch_1d == 0.0);
}

TEST_CASE("each underlying has its own edges, and all together have theirs") {
    const SampleMarket desk = three_coins();
    const Judged found =
        judge(desk, "dynamic", {{"USD", 60'000}},
              {{"BTC_USDC-PERPETUAL", 1, 100'000}, {"ETH_USDC-PERPETUAL", 30, 4'000}}, 2.2e5);
    REQUIRE(found.roots.size() == 3);
    CHECK_FALSE(found.roots[0].all);
    CHECK(found.roots[0].underlying == desk.market.find_asset("BTC").value());
    CHECK(found.roots[1].underlying == desk.market.find_asset("ETH").value());
    CHECK(found.roots[2].all);
    CHECK(found.roots[2].factor > found.roots[0].factor);
    CHECK(found.roots[2].factor > found.roots[1].factor);
    CHECK(found.roots[2].factor < 1.0);
}

TEST_CASE("an edge far off is found between 1/10000 of the price and 10,000 times it") {
    const SampleMarket desk = one_coin("ETH", 3000);
    // Short 1 with n prices of cash: p' = (n + 1) / 1.05 prices.
    const double prices = GENERATE(80.0, 200.0, 9'000.0);
    const Judged far =
        judge(desk, "static", {{"USD", prices * 3000}}, {{"ETH_USDC-PERPETUAL", -1, 3000}}, 3000);
    REQUIRE(far.roots.size() == 1);
    CHECK_THAT(far.roots[0].factor, WithinRel((prices + 1.0) / 1.05, 1e-12));
    CHECK(judge(desk, "static", {{"USD", 6e7}}, {{"ETH_USDC-PERPETUAL", -1, 3000}}, 3000).roots.empty());
    const Judged low = judge(desk, "static", {{"USD", 2999}}, {{"ETH_USDC-PERPETUAL", 1, 3000}}, 3000);
    REQUIRE(low.roots.size() == 1);
    CHECK_THAT(low.roots[0].factor, WithinRel(1.0 / 3000.0 / 0.95, 1e-9));
}

TEST_CASE("the chance of a touch is that of the nearest edges of the likeliest underlying") {
    const SampleMarket desk = one_coin("ETH", 3000);
    const Judged found = judge(desk, "static", {{"USD", 300}}, {{"ETH_USDC-PERPETUAL", 1, 3000}}, 3000);
    REQUIRE(found.roots.size() == 1);
    CHECK_THAT(
        found.touch_1d,
        WithinRel(liquidation::touch_probability(found.roots[0].factor, 0.8, 1.0 / 365.0, -0.32), 1e-13));
}

TEST_CASE("an account at or beyond its edge has touched it") {
    const SampleMarket desk = one_coin("ETH", 3000);
    CHECK(judge(desk, "static", {{"USD", 150}}, {{"ETH_USDC-PERPETUAL", 1, 3000}}, 3000).touch_1d == 1.0);
    CHECK(judge(desk, "static", {{"USD", -10}}, {{"ETH_USDC-PERPETUAL", 1, 3000}}, 3000).touch_1d == 1.0);
    CHECK(judge(desk, "static", {{"USD", -10}}, {}, 1).touch_1d == 1.0);
    CHECK(judge(desk, "static", {}, {}, 1).touch_1d == 0.0);
}

TEST_CASE("the underlyings of an account are those of its positions and of collateral that moves") {
    const SampleMarket desk = three_coins();
    const auto account =
        portfolio(desk.market, {{"USD", 1}, {"SOL", 1}},
                  {{"ETH_USDC-PERPETUAL", 1, 1}, {"BTC-PERPETUAL", 1, 1}, {"ETH-PERPETUAL", 1, 1}});
    const auto rule = model("static", desk.market);
    const auto now_required = required(*rule, account);
    std::vector<std::string> names;
    for (const auto asset : liquidation::underlyings({*rule, desk.market, account, now_required}))
        names.push_back(desk.market.asset_name(asset));
    CHECK(names == std::vector<std::string>{"BTC", "ETH", "SOL"});
}

TEST_CASE("a coin held or owed has its roots whatever records came of it") {
    SampleMarket desk;
    desk.price("LINK", 20).price("ETH", 3000);
    desk.market.prepare();
    const auto rule = model("static", desk.market);
    const auto account = portfolio(desk.market, {{"ETH", 3}, {"LINK", -100}}, {});
    const auto here = required(*rule, account);
    const auto found = liquidation::roots({*rule, desk.market, account, here}).value();
    const auto of = [&](std::string_view coin) {
        return std::count_if(found.begin(), found.end(), [&](const Root& root) {
            return !root.all && desk.market.asset_name(root.underlying) == coin;
        });
    };
    CHECK(of("ETH") == 1);
    CHECK(of("LINK") == 1);
}

TEST_CASE("a probability that no volatility tells is not known, rather than 0") {
    SampleMarket desk;
    desk.price("BTC", 100'000).mark("BTC_USDC-PERPETUAL", 100'000);
    desk.market.prepare();
    const auto rule = model("static", desk.market);
    const auto account = portfolio(desk.market, {{"USD", 40'000}}, {{"BTC_USDC-PERPETUAL", 1, 100'000}});
    const auto here = required(*rule, account);
    const Case one{*rule, desk.market, account, here};
    const auto touch = liquidation::touch_probability(one, roots(one).value(), 1.0 / 365.0);
    REQUIRE_FALSE(touch);
    CHECK(touch.error().code == Errc::missing_market);
}

TEST_CASE("an underlying without a price of its own is worth what is held of it says") {
    SampleMarket desk;
    desk.mark("NEOUSDT", 11.5);
    desk.market.prepare();
    const auto rule = model("static", desk.market);
    const auto account = portfolio(desk.market, {{"USD", 40}}, {{"NEOUSDT", 10, 12}});
    const auto here = required(*rule, account);
    const Case one{*rule, desk.market, account, here};
    CHECK(*liquidation::price_of(one, *desk.market.find_asset("NEO")) == 11.5);
}
