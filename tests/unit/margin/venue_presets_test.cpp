// Rulebooks of venues by what the venues themselves published or answered.
#include <algorithm>
#include <cmath>

#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using margin::Requirement;

namespace {

Requirement of(std::string_view preset, const SampleMarket& desk, const std::vector<Cash>& cash,
               const std::vector<Held>& held, const std::vector<std::string>& sets = {}) {
    return required(*model(preset, desk.market, sets), portfolio(desk.market, cash, held));
}

SampleMarket one(std::string_view coin, double price, std::string_view symbol, double mark) {
    SampleMarket desk;
    desk.price(coin, price).mark(symbol, mark);
    return desk;
}

/// Equity less maintenance where the coin stands at `price`.
double buffer_at(margin::Model& model, const SampleMarket& desk, const market::Portfolio& held,
                 std::string_view coin, double price) {
    const auto id = desk.market.find_asset(coin).value();
    market::Shift shift(desk.market.assets(), 1.0);
    shift[id] = price / desk.market.asset(id).price->price;
    const Requirement out = required(model, held, shift);
    return out.equity - out.maintenance_margin;
}

}  // namespace

TEST_CASE("bybit-linear: initial and maintenance as its API answered for a BTCUSDT position of 2024") {
    const SampleMarket desk = one("BTC", 60'822.58, "BTCUSDT", 60'822.58);
    const auto out =
        of("bybit-linear", desk, {{"USDT", 100}}, {{"BTCUSDT", 0.001, 60'766.7}}, {"leverages.BTC=10"});
    CHECK_THAT(out.initial_margin, WithinAbs(6.10674952, 5e-9));
    CHECK_THAT(out.maintenance_margin, WithinAbs(0.33391302, 5e-9));
}

TEST_CASE("bybit-linear: the same of an ETHUSDT position of 2022, by its tier and fee") {
    // ccxt, parsePosition: value 536.925 at 10x, positionMM 2.9745645, positionIM 53.9824395.
    const SampleMarket desk = one("BTC", 1'080.65, "BTCUSDT", 1'080.65);
    const auto out = of("bybit-linear", desk, {{"USDT", 100}}, {{"BTCUSDT", 0.5, 1'073.85}},
                        {"leverages.BTC=10", "closing_fee_rate=0.0006"});
    CHECK_THAT(out.maintenance_margin, WithinRel(2.9745645, 1e-12));
    CHECK_THAT(out.initial_margin, WithinRel(53.9824395, 1e-12));
}

TEST_CASE("bybit-linear: an isolated position is liquidated at entry x (1 -/+ (1 / leverage - rate))") {
    const SampleMarket desk = one("BTC", 10, "BTCUSDT", 10);
    const double leverage = GENERATE(2.0, 5.0, 10.0, 50.0), side = GENERATE(1.0, -1.0);
    auto bybit = model("bybit-linear", desk.market, {"leverages.BTC=" + std::to_string(leverage)});
    const std::vector<Held> held{{"BTCUSDT", side * 3, 10}};
    const double taken = required(*bybit, portfolio(desk.market, {}, held)).initial_margin;
    const double price = 10 * (1 - side * (1 / leverage - 0.005));
    CHECK_THAT(buffer_at(*bybit, desk, portfolio(desk.market, {{"USDT", taken}}, held), "BTC", price),
               WithinAbs(0.0, 1e-9));
}

TEST_CASE("bybit-inverse: an isolated position is liquidated at quantity / (value +/- (IM - MM))") {
    // Liquidation Price Calculation under Isolated Mode (Unified Trading Account), inverse contracts.
    const SampleMarket desk = one("BTC", 50'000, "BTC-PERPETUAL", 50'000);
    const double leverage = GENERATE(2.0, 10.0, 40.0), side = GENERATE(1.0, -1.0);
    auto bybit = model("bybit-inverse", desk.market, {"leverages.BTC=" + std::to_string(leverage)});
    const double usd = 80'000, entry = 40'000, coins = usd / entry;
    const std::vector<Held> held{{"BTC-PERPETUAL", side * coins, entry}};
    const double taken = required(*bybit, portfolio(desk.market, {}, held)).initial_margin / 50'000;
    CHECK_THAT(taken, WithinRel(coins / leverage + 0.00075 * coins * (1.0 + side / leverage), 1e-12));
    const double price = usd / (coins + side * coins * (1 / leverage - 0.005));
    CHECK_THAT(buffer_at(*bybit, desk, portfolio(desk.market, {{"BTC", taken}}, held), "BTC", price),
               WithinAbs(0.0, 1e-8 * usd));
}

TEST_CASE("okx-isolated, gate-isolated: the taker fee is in the liquidation price") {
    // (entry -/+ margin / size) / (1 -/+ (rate + fee)); freqtrade, test_get_liquidation_price.
    struct Case {
        double qty, wallet, price;
    };
    const auto c = GENERATE(values<Case>({{-1, 2.0, 11.87413417771621},
                                          {-1, 10.0 / 3.0, 13.193482419684678},
                                          {1, 10.0 / 3.0, 6.738090425173506}}));
    const auto held = [&](const SampleMarket& desk, std::string_view symbol) {
        return portfolio(desk.market, {{"USDT", c.wallet}}, {{symbol, c.qty, 10}});
    };
    const SampleMarket ether = one("ETH", 10, "ETHUSDT", 10);
    auto okx = model("okx-isolated", ether.market, {"closing_fee_rate=0.0066"});  // 0.4 % + 0.66 %
    CHECK_THAT(buffer_at(*okx, ether, held(ether, "ETHUSDT"), "ETH", c.price), WithinAbs(0.0, 1e-12));
    const SampleMarket bitcoin = one("BTC", 10, "BTCUSDT", 10);
    auto gate = model("gate-isolated", bitcoin.market, {"closing_fee_rate=0.0076"});  // 0.3 % + 0.76 %
    CHECK_THAT(buffer_at(*gate, bitcoin, held(bitcoin, "BTCUSDT"), "BTC", c.price), WithinAbs(0.0, 1e-12));
}

TEST_CASE("gate-isolated: the deductions of its tiers; okx-isolated: a rate for the whole position") {
    const SampleMarket bitcoin = one("BTC", 65'000, "BTCUSDT", 65'000);
    const auto gate = of("gate-isolated", bitcoin, {}, {{"BTCUSDT", 20, 65'000}}, {"closing_fee_rate=0"});
    CHECK_THAT(gate.maintenance_margin, WithinRel(0.004 * 1.3e6 - 750, 1e-12));
    const SampleMarket ether = one("ETH", 2'500, "ETHUSDT", 2'500);
    const auto okx = of("okx-isolated", ether, {}, {{"ETHUSDT", 700, 2'500}}, {"closing_fee_rate=0"});
    CHECK_THAT(okx.maintenance_margin, WithinRel(0.01 * 700 * 2'500, 1e-12));
    CHECK_THAT(okx.initial_margin, WithinRel(0.015 * 700 * 2'500, 1e-12));
}

TEST_CASE("binance-coinm: maintenance amounts of its FAQ, in coins") {
    const SampleMarket desk = one("BTC", 40'000, "BTC-PERPETUAL", 40'000);
    const auto coins = [&](double qty) {
        return of("binance-coinm", desk, {}, {{"BTC-PERPETUAL", qty, 40'000}}).maintenance_margin / 40'000;
    };
    CHECK_THAT(coins(2), WithinRel(0.008, 1e-12));
    CHECK_THAT(coins(40), WithinRel(0.025 * 40 - 0.56, 1e-12));
    CHECK_THAT(coins(-80), WithinRel(0.05 * 80 - 1.81, 1e-12));
}

TEST_CASE("a size beyond the tiers is refused as it stands, not where a price is moved") {
    const SampleMarket desk = one("BTC", 40'000, "BTC-PERPETUAL", 40'000);
    auto coinm = model("binance-coinm", desk.market);
    Requirement out;
    const auto held = [&](double qty) {
        return portfolio(desk.market, {{"BTC", 9}}, {{"BTC-PERPETUAL", qty, 40'000}});
    };
    const auto beyond = coinm->require(held(101), {}, out);
    REQUIRE_FALSE(beyond);
    CHECK(beyond.error().code == Errc::out_of_domain);
    REQUIRE(coinm->require(held(99), {}, out));
    CHECK(std::isfinite(buffer_at(*coinm, desk, held(99), "BTC", 20'000)));
}

TEST_CASE("held at entry: hedged parts are counted at their average, without what the hedge has earned") {
    const SampleMarket desk = one("BTC", 60'000, "BTCUSDT", 60'000);
    const std::vector<std::string> no_fee{"closing_fee_rate=0"};
    const auto hedged =
        of("bybit-linear", desk, {}, {{"BTCUSDT", 2, 50'000}, {"BTCUSDT", -1, 65'000}}, no_fee);
    CHECK_THAT(hedged.maintenance_margin, WithinRel(0.005 * 55'000, 1e-12));
    const auto closed =
        of("bybit-linear", desk, {}, {{"BTCUSDT", 1, 50'000}, {"BTCUSDT", -1, 65'000}}, no_fee);
    CHECK(closed.initial_margin == 0.0);
    const SampleMarket inverse = one("BTC", 60'000, "BTC-PERPETUAL", 60'000);
    const auto coin = of("bybit-inverse", inverse, {}, {{"BTC-PERPETUAL", 1, 30'000}}, no_fee);
    CHECK_THAT(coin.maintenance_margin, WithinRel(0.005 * 60'000, 1e-12));
}

TEST_CASE("okx-pm: the risk units of the position-builder example") {
    // LTC: MR1 183.5067 at 18 %, MR4 0.8 %; BTC: MR1 1164.41 at 12 %, MR4 19.4098 of a delta of 9,704.90.
    SampleMarket desk;
    desk.price("LTC", 101.95308).mark("LTCUSDT", 101.95308);
    desk.price("BTC", 97'049.036898).mark("BTCUSDT", 97'049.036898);
    const auto ltc = of("okx-pm", desk, {}, {{"LTCUSDT", 10, 101.95308}});
    CHECK_THAT(ltc.maintenance_margin, WithinRel(191.6629744572, 1e-4));
    CHECK_THAT(ltc.initial_margin, WithinRel(249.16186679436, 1e-4));
    CHECK_THAT(ltc.worst.loss, WithinRel(183.50672805719995, 1e-4));
    const auto btc = of("okx-pm", desk, {}, {{"BTCUSDT", -0.1, 97'049.036898}});
    CHECK_THAT(btc.maintenance_margin, WithinRel(1164.4109244719994 + 19.4098073796, 2e-4));
    // A perfect hedge across expiries still pays the minimum charge of both legs: MR7 43.672 for one of them.
    desk.mark("BTC-27MAR26", 97'049.036898);
    SampleMarket& linear = desk.mark("BTC_USDC-PERPETUAL", 97'049.036898);
    const auto hedge = of("okx-pm", linear, {},
                          {{"BTCUSDT", -0.1, 97'049.036898}, {"BTC_USDC-PERPETUAL", 0.1, 97'049.036898}});
    CHECK_THAT(hedge.worst.loss, WithinRel(2 * 43.67206660410001, 1e-6));
}

TEST_CASE("okx-pm: a minimum charge above 10,000 counts in steps") {
    SampleMarket desk;
    desk.price("BTC", 100'000).mark("BTCUSDT", 100'000).mark("BTC_USDC-PERPETUAL", 100'000);
    // 0.45 % of 200 coins: 90,000 of which 10,000 count once, 60,000 twice and 20,000 four times.
    const auto out =
        of("okx-pm", desk, {}, {{"BTCUSDT", -100, 100'000}, {"BTC_USDC-PERPETUAL", 100, 100'000}});
    CHECK_THAT(out.worst.loss, WithinRel(10'000 + 2 * 60'000 + 4 * 20'000.0, 1e-12));
}

TEST_CASE("dydx-v4: initial margin grows with the open interest of the ticker") {
    // The Long-Tail tier: 20 % up to 5m, the whole notional from 10m on, linear between.
    SampleMarket desk;
    desk.price("SOL", 200);
    market::Quote quote;
    quote.ts = now;
    quote.mark_price = 200;
    const double millions = GENERATE(1.0, 5.0, 7.5, 10.0, 50.0);
    quote.open_interest = millions * 1e6 / 200;
    REQUIRE(desk.market.put_quote("SOL_USDC-PERPETUAL", quote));
    desk.market.prepare();
    const auto rate = std::clamp(0.2 + 0.8 * (millions - 5) / 5, 0.2, 1.0);
    const std::vector<Held> held{{"SOL_USDC-PERPETUAL", 100, 200}};
    const auto out = of("dydx-v4", desk, {{"USDC", 1e6}}, held);
    CHECK_THAT(out.initial_margin, WithinRel(rate * 2e4, 1e-12));
    CHECK_THAT(out.maintenance_margin, WithinRel(0.1 * 2e4, 1e-12));
    const auto at_least = of("dydx-v4", desk, {{"USDC", 1e6}}, held, {"open_interest_value.*=7500000"});
    CHECK_THAT(at_least.initial_margin, WithinRel(std::max(rate, 0.6) * 2e4, 1e-12));
}

TEST_CASE("derive-srm: doubtful oracles and a depegged coin, as in Derive's documented example") {
    // 8 call spreads of ETH at 2,100 and 7 BTC perps at 28,000 whose feed has a confidence of 0.5, USDC at
    // 0.70: 3,800 less 98,000 for the oracle and 0.58 of the notional short or in perps. Amounts are
    // Derive's, in dollars: here the coin is not what contracts are quoted in.
    SampleMarket desk;
    desk.price("ETH", 2'100).price("BTC", 28'000, 14'000).price("USDC", 0.7);
    for (const char* symbol : {"ETH-20260130-1700-C", "ETH-20260130-1900-C", "BTC-PERP"}) {
        market::Terms terms = market::parse_symbol(symbol).value();
        terms.quote_asset = terms.settle_asset = "USD";
        REQUIRE(desk.market.put_terms(symbol, terms, now));
    }
    market::Quote quote;
    quote.ts = now;
    quote.forward_price = 2'100;
    quote.mark_price = 420;
    REQUIRE(desk.market.put_quote("ETH-20260130-1700-C", quote));
    quote.mark_price = 240;
    REQUIRE(desk.market.put_quote("ETH-20260130-1900-C", quote));
    desk.mark("BTC-PERP", 28'000);
    const auto out = of("derive-srm", desk, {{"USD", 25'000}},
                        {{"ETH-20260130-1700-C", -8}, {"ETH-20260130-1900-C", 8}, {"BTC-PERP", 7, 28'000}});
    CHECK_THAT(out.equity - out.initial_margin, WithinAbs(-217'624, 1e-6));
    CHECK_THAT(out.equity - out.maintenance_margin, WithinAbs(10'660, 1e-6));
}

TEST_CASE("opyn: naked vaults of the protocol's own tests") {
    SampleMarket desk;
    desk.price("ETH", 150).option("ETH-20260107-100-P", 150, 0.9).option("ETH-20260115-100-P", 150, 0.9);
    desk.option("ETH-20260630-100-P", 150, 0.9).option("ETH-20260107-90-P", 150, 0.9);
    const auto backed = [&](const std::vector<Held>& held) {
        const auto out = of("opyn", desk, {{"USDC", 1'000}}, held);
        CHECK(out.initial_margin == Approx(out.maintenance_margin).epsilon(1e-13));
        return 1'000 - (out.equity - out.maintenance_margin);  // the collateral that is needed
    };
    CHECK_THAT(backed({{"ETH-20260107-100-P", -1}}), WithinAbs(16.78, 1e-9));
    CHECK_THAT(backed({{"ETH-20260115-100-P", -2}}), WithinAbs(2 * 33.26, 1e-9));
    CHECK_THAT(backed({{"ETH-20260630-100-P", -1}}), WithinAbs(100.0, 1e-9));
    CHECK_THAT(backed({{"ETH-20260107-100-P", -1}, {"ETH-20260107-90-P", 1}}), WithinAbs(10.0, 1e-9));
    SampleMarket calls;
    calls.price("ETH", 1'800).option("ETH-20260107-2500-C", 1'800, 0.9);
    const auto out = of("opyn", calls, {{"ETH", 1}}, {{"ETH-20260107-2500-C", -1}});
    CHECK_THAT(1 - (out.equity - out.maintenance_margin) / 1'800, WithinAbs(0.1678, 1e-9));
}

TEST_CASE("liquity: 10,000 of collateral may owe 9,090.90") {
    SampleMarket desk;
    REQUIRE(desk.market.know_asset("BOLD"));
    desk.price("ETH", 2'500);
    const auto most = 10'000 / 1.1;
    CHECK_THAT(most, WithinAbs(9'090.9, 0.01));  // liquity/bold, README
    const auto out = of("liquity", desk, {{"ETH", 4}, {"BOLD", -most}}, {});
    CHECK_THAT(out.equity, WithinAbs(out.maintenance_margin, 1e-9));
}
