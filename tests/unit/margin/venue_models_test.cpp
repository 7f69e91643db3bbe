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

Errc refusal(std::string_view preset, const SampleMarket& desk, const std::vector<Held>& held) {
    Requirement out;
    const auto status = model(preset, desk.market)->require(portfolio(desk.market, {}, held), {}, out);
    REQUIRE_FALSE(status);
    return status.error().code;
}

market::Shift shifted(const SampleMarket& desk, std::string_view asset, double factor) {
    market::Shift shift(desk.market.assets(), 1.0);
    shift[desk.market.find_asset(asset).value()] = factor;
    return shift;
}

SampleMarket with_mark(SampleMarket desk, std::string_view symbol, double forward, double mark) {
    market::Quote quote;
    quote.ts = now;
    quote.forward_price = forward;
    quote.mark_price = mark;
    REQUIRE(desk.market.put_quote(symbol, quote));
    desk.market.prepare();
    return desk;
}

}  // namespace

TEST_CASE("tiered: initial margin at the bracket's leverage, maintenance less its amount") {
    const SampleMarket desk = three_coins();
    const auto out = of("binance-usdm", desk, {{"USDT", 20'000}}, {{"BTC_USDC-PERPETUAL", -5, 100'000}});
    CHECK_THAT(out.initial_margin, WithinRel(0.02 * 5e5, 1e-12));
    CHECK_THAT(out.maintenance_margin, WithinRel(0.01 * 5e5 - 1300, 1e-12));
    CHECK(out.parts[Part::base] == out.initial_margin);
    CHECK(refusal("binance-usdm", desk, {{"SOL_USDC-PERPETUAL", 1, 200}}) == Errc::out_of_domain);
    CHECK(refusal("hyperliquid", desk, {{"BTC_USDC-30JAN26-100000-C", 1}}) == Errc::out_of_domain);
}

TEST_CASE("tiered: the published liquidation price is where equity is the maintenance margin") {
    // Binance FAQ, BTCUSDT: 18,778.73.
    SampleMarket desk;
    desk.price("BTC", 32'481.98).mark("BTCUSDT", 32'481.98);
    const auto held = portfolio(desk.market, {{"USDT", 1'535'443.01}}, {{"BTCUSDT", 109.488, 32'481.98}});
    const auto out =
        required(*model("binance-usdm", desk.market), held, shifted(desk, "BTC", 18'778.73 / 32'481.98));
    CHECK_THAT(out.equity, WithinAbs(out.maintenance_margin, 0.005 * 109.488));
}

TEST_CASE("tiered: an inverse contract is a fixed amount of quote currency") {
    // Binance COIN-M: 2 contracts of 100 dollars at 37,643.1, 0.00268058 coins, rate 0.4 %: 25,119.97.
    SampleMarket desk;
    desk.price("BTC", 37'000).mark("BTC-PERPETUAL", 37'000);
    const auto held = portfolio(desk.market, {{"BTC", 0.00268058}},
                                {{"BTC-PERPETUAL", 200 / 37'643.10000021, 37'643.10000021}});
    const std::vector<std::string> rates{"default_haircut=0"};
    auto tiered = model("binance-usdm", desk.market, rates);
    const auto out = required(*tiered, held, shifted(desk, "BTC", 25'119.9744576 / 37'000));
    CHECK_THAT(out.maintenance_margin, WithinRel(0.004 * 200, 1e-9));
    CHECK_THAT(out.equity, WithinAbs(out.maintenance_margin, 1e-6));
}

TEST_CASE("tiered: Hyperliquid's own liquidation prices of a cross account, March 2023") {
    // hyperliquid-python-sdk, test_get_user_state; 0 where the venue gives none.
    struct Position {
        const char* coin;
        double size, entry, mark, liquidation;
    };
    const std::vector<Position> positions{{"BTC", -0.00785, 26951.0, 26961.2, 173198.69592357},
                                          {"ETH", 0.1334, 1705.82, 1706.71, 0},
                                          {"ATOM", -0.45, 10.787, 10.8, 2561.83187333},
                                          {"MATIC", 76.6, 1.03483, 1.036, 0},
                                          {"DYDX", -121.2, 2.36808, 2.37, 11.841653},
                                          {"SOL", 7.39, 19.6789, 19.69, 0},
                                          {"AVAX", 28.3, 16.3839, 16.4, 0},
                                          {"BNB", 1.916, 306.509, 306.9, 0},
                                          {"APE", -131.8, 3.86082, 3.866, 12.57589638},
                                          {"OP", -76.4, 2.04459, 2.045, 17.0707113},
                                          {"LTC", 5.33, 88.0926, 88.14, 0},
                                          {"ARB", 246.5, 1.17991, 1.1798, 0}};
    SampleMarket desk;
    std::vector<std::string> symbols;
    for (const Position& p : positions) symbols.push_back(std::string{p.coin} + "USDT");
    double profit = 0.0;
    std::vector<Held> held;
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const Position& p = positions[i];
        desk.price(p.coin, p.mark).mark(symbols[i], p.mark);
        held.push_back({symbols[i], p.size, p.entry});
        profit += p.size * (p.mark - p.entry);
    }
    const auto account = portfolio(desk.market, {{"USDT", 1182.312496 - profit}}, held);
    auto venue = model("hyperliquid-2023-03", desk.market);
    CHECK_THAT(required(*venue, account).maintenance_margin, WithinRel(34.34815334, 1e-9));
    for (const Position& p : positions) {
        INFO(p.coin);
        const double factor = p.liquidation > 0.0 ? p.liquidation / p.mark : 1e-9;
        const auto out = required(*venue, account, shifted(desk, p.coin, factor));
        const double buffer = out.equity - out.maintenance_margin;
        if (p.liquidation > 0.0)
            CHECK_THAT(buffer, WithinAbs(0.0, 1e-6 * std::fabs(p.size) * p.liquidation));
        else
            CHECK(buffer > 0.0);  // a long that stays solvent at a price of nothing
    }
}

TEST_CASE("tiered: premiums on size and open interest are the concentration part") {
    const SampleMarket desk = three_coins();
    const auto drift = of("drift", desk, {{"USDC", 1e6}}, {{"SOL_USDC-PERPETUAL", 10'000, 200}});
    CHECK_THAT(drift.initial_margin, WithinRel((0.08 + 0.1) * 2e6, 1e-12));
    CHECK_THAT(drift.maintenance_margin, WithinRel((0.04 + 0.1) * 2e6, 1e-12));
    CHECK(drift.parts[Part::base] + drift.parts[Part::concentration] == drift.initial_margin);
    CHECK_THAT(drift.parts[Part::concentration], WithinRel(0.08 * 2e6, 1e-12));
    const auto dydx = of("dydx-v4", desk, {{"USDC", 1e6}}, {{"SOL_USDC-PERPETUAL", 100, 200}},
                         {"open_interest_value.*=7500000"});
    CHECK_THAT(dydx.initial_margin, WithinRel(0.6 * 2e4, 1e-12));
    CHECK_THAT(dydx.maintenance_margin, WithinRel(0.1 * 2e4, 1e-12));
}

TEST_CASE("strategy: Derive's documented examples, as equity less initial margin") {
    SampleMarket desk;
    desk.price("ETH", 1900);
    desk = with_mark(std::move(desk), "ETH-20260130-1800-C", 1900, 120);
    const auto shorts = of("derive-srm", desk, {{"USDC", 2000}}, {{"ETH-20260130-1800-C", -3}});
    CHECK_THAT(shorts.equity - shorts.initial_margin, WithinAbs(785, 1e-6));
    CHECK_THAT(shorts.equity - shorts.maintenance_margin, WithinAbs(1127, 1e-6));
    SampleMarket later;
    later.price("ETH", 2100).price("BTC", 28'000).mark("BTC-PERP", 28'000);
    later = with_mark(std::move(later), "ETH-20260130-1700-C", 2100, 420);
    later = with_mark(std::move(later), "ETH-20260130-1900-C", 2100, 240);
    const auto spread =
        of("derive-srm", later, {{"USDC", 25'000}},
           {{"ETH-20260130-1700-C", -8}, {"ETH-20260130-1900-C", 8}, {"BTC-PERP", 7, 28'000}});
    CHECK_THAT(spread.equity - spread.initial_margin, WithinAbs(3800, 1e-6));
    CHECK_THAT(spread.equity - spread.maintenance_margin, WithinAbs(10'660, 1e-6));
}

TEST_CASE("strategy: Deribit's standard margin of futures and of short options") {
    const SampleMarket desk = three_coins();
    const auto futures = of("deribit-sm", desk, {{"USDC", 1e6}}, {{"BTC_USDC-PERPETUAL", 25, 100'000}});
    CHECK_THAT(futures.initial_margin, WithinRel(53'125.0, 1e-12));
    CHECK_THAT(futures.maintenance_margin, WithinRel(28'125.0, 1e-12));
    // An inverse perp's 40 dollars are 0.000366076 coins at 109,267: 7.322e-6 coins (ccxt issue 26913).
    SampleMarket inverse;
    const double mark = 40 / 0.000366076;
    inverse.price("BTC", mark).mark("BTC-PERPETUAL", mark);
    const auto perp = of("deribit-sm", inverse, {{"BTC", 1}}, {{"BTC-PERPETUAL", 40 / 100'000.0, 100'000}});
    CHECK_THAT(perp.initial_margin / mark, WithinRel(7.322e-6, 1e-4));
    const std::vector<Held> condor{{"BTC_USDC-30JAN26-110000-C", -1}, {"BTC_USDC-30JAN26-120000-C", 1}};
    const auto out = of("deribit-sm", desk, {{"USDC", 1e6}}, condor);
    const auto leg = of("deribit-sm", desk, {{"USDC", 1e6}}, {condor[0]});
    CHECK_THAT(leg.initial_margin, WithinRel(10'000.0, 1e-9));
    CHECK_THAT(leg.maintenance_margin, WithinRel(7'500.0, 1e-9));
    CHECK(out.initial_margin > leg.initial_margin);  // no offset, and the long needs its value
    CHECK(of("derive-srm", desk, {{"USDC", 1e6}}, condor).initial_margin < out.initial_margin);
}

TEST_CASE("regt: what equity has to be") {
    const SampleMarket desk = three_coins();
    const std::vector<Held> naked{{"BTC_USDC-30JAN26-100000-P", -100}};
    const auto alone = of("cboe-regt", desk, {{"USD", 1e7}}, naked);
    CHECK_THAT(alone.initial_margin, WithinAbs(0.2 * 100'000 * 100, 1.0));
    const std::vector<Held> spread{{"BTC_USDC-30JAN26-100000-P", -100}, {"BTC_USDC-30JAN26-90000-P", 100}};
    const auto paired = of("cboe-regt", desk, {{"USD", 1e7}}, spread);
    // The account could lose the width of the strikes at expiry: cash, of which the spread was sold, is 1e7.
    CHECK_THAT(paired.equity - paired.initial_margin, WithinRel(1e7 - 10'000.0 * 100, 1e-12));
    CHECK(refusal("cboe-regt", desk, {{"BTC_USDC-PERPETUAL", 1, 100'000}}) == Errc::out_of_domain);
}

TEST_CASE("lending: health is negative where equity is below maintenance") {
    const SampleMarket desk = three_coins();
    const auto safe = of("aave-v3", desk, {{"ETH", 2.5}, {"USDC", -6000}}, {});
    CHECK_THAT(safe.equity, WithinRel(4000.0, 1e-12));
    CHECK_THAT(safe.maintenance_margin, WithinRel(2000.0, 1e-12));
    CHECK_THAT(safe.initial_margin, WithinRel(2500.0, 1e-12));
    CHECK(refusal("aave-v3", desk, {{"BTC_USDC-PERPETUAL", 1, 100'000}}) == Errc::out_of_domain);
    auto aave = model("aave-v3", desk.market);
    const auto account = portfolio(desk.market, {{"ETH", 2.5}, {"USDC", -6000}}, {});
    const auto edge = required(*aave, account, shifted(desk, "ETH", 0.75));
    CHECK_THAT(edge.equity, WithinRel(edge.maintenance_margin, 1e-12));
    CHECK(aave->collateral_unit(desk.market.find_asset("ETH").value()).value() == 0.8 * 4000);
}

TEST_CASE("lending: a perp's notional and profit at their weights") {
    const SampleMarket desk = three_coins();
    const auto out = of("mango-v4", desk, {{"USDC", 1000}}, {{"SOL_USDC-PERPETUAL", 10, 190}});
    // Profit 100, but 2,000 at 0.8 less 1,900 paid is -300: settled from 1,000 at 0.8.
    CHECK_THAT(out.equity - out.initial_margin, WithinRel(0.8 * (1000 - 300), 1e-12));
    CHECK_THAT(out.equity - out.maintenance_margin, WithinRel(0.9 * (1000 - 100), 1e-12));
}

TEST_CASE("every model: parts sum, a position and its opposite cancel, twice as much is no less") {
    const SampleMarket desk = three_coins();
    const auto name = GENERATE(as<std::string>{}, "binance-usdm", "hyperliquid", "dydx-v4", "drift",
                               "ftx-imf", "derive-srm", "deribit-sm", "mango-v4");
    INFO(name);
    const auto once = of(name, desk, {}, {{"BTC_USDC-PERPETUAL", 3, 99'000}});
    const auto twice = of(name, desk, {}, {{"BTC_USDC-PERPETUAL", 6, 99'000}});
    const auto flat =
        of(name, desk, {}, {{"BTC_USDC-PERPETUAL", 3, 99'000}, {"BTC_USDC-PERPETUAL", -3, 99'000}});
    CHECK(once.parts[Part::base] + once.parts[Part::concentration] == once.initial_margin);
    CHECK(once.maintenance_margin > 0.0);
    CHECK(once.maintenance_margin <= once.initial_margin);
    CHECK(twice.initial_margin >= 2 * once.initial_margin * (1 - 1e-12));
    // Binance holds both sides in hedge mode.
    const bool sided = name == "binance-usdm";
    CHECK_THAT(flat.initial_margin,
               WithinAbs(sided ? 2 * once.initial_margin : 0.0, 1e-9 * once.initial_margin));
}

TEST_CASE("policies that contradict themselves are refused, by parameter") {
    const market::Market market;
    struct Case {
        std::string preset, set, field;
    };
    const auto c = GENERATE(values<Case>({
        {"aave-v3", "default_haircut=0.1", "default_haircut"},
        {"derive-srm", "min_spot_rate=0.2", "min_spot_rate"},
        {"derive-srm", "maintenance_call_rate=0.14", "maintenance_call_rate"},
        {"deribit-sm", "max_loss_offset=0.5", "max_loss_offset"},
        {"cboe-regt", "maintenance_long_share_rate=0.6", "maintenance_long_share_rate"},
        {"bybit-linear", "held_at_mark=1", "held_at_entry"},
        {"bybit-linear", "closing_fee_at_bankruptcy=0.5", "closing_fee_at_bankruptcy"},
        {"okx-isolated", "tiers_in_units=0.5", "tiers_in_units"},
        {"okx-isolated", "leverages.ETH=0.5", "leverages.ETH"},
    }));
    INFO(c.set);
    const auto made = margin::make_model(policy::preset(c.preset).value().with(c.set).value(), market);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::policy);
    CHECK(made.error().field == c.field);
    const auto short_list = policy::Document::parse(
        R"({"policy":"p","version":"1","model":"tiered","source":"s","par_assets":[],"haircuts":{},"default_haircut":1,
        "confidence_multiple":0,"quote_max_age_seconds":300,"vol_max_age_seconds":300,"tier_assets":["*","*"],
        "tier_floors":[0],"tier_initial_rates":[0.1,0.2],"tier_maintenance_rates":[0.1,0.2],"imf_factors":{},
        "imf_base_share":0,"imf_maintenance_share":0,"open_interest_lower":{},"open_interest_upper":{},
        "open_interest_value":{},"closing_fee_rate":0,"held_at_mark":0,"tiers_in_units":0,"tiers_are_graded":1,
        "size_limits":{},"leverages":{},"closing_fee_at_bankruptcy":0,"held_at_entry":0})");
    REQUIRE(short_list);
    const auto tiered = margin::make_model(*short_list, market);
    REQUIRE_FALSE(tiered);
    CHECK(tiered.error().field == "tier_floors");
}
