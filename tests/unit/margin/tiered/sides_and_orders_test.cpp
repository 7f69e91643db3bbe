#include <catch2/catch.hpp>

#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinRel;
using margin::Requirement;

namespace {

SampleMarket bitcoin() {
    SampleMarket desk;
    desk.price("BTC", 50'000).mark("BTCUSDT", 50'000);
    desk.market.prepare();
    return desk;
}

/// Under Binance's first tiers: 0.8 % initial and 0.4 % maintenance up to 50,000, as the preset has them.
Requirement under(const std::vector<std::string>& sets, const std::vector<Held>& held,
                  const std::vector<std::pair<double, std::optional<double>>>& orders = {}) {
    const SampleMarket desk = bitcoin();
    market::Portfolio account = portfolio(desk.market, {{"USDT", 100'000}}, held);
    const auto id = *desk.market.find_instrument("BTCUSDT");
    for (const auto& [qty, limit] : orders)
        account.orders.push_back({id, qty, limit, desk.market.sorted(id).rank});
    account.sort(desk.market);
    return required(*model("binance-usdm", desk.market, sets), account);
}

const std::vector<Held> both{{"BTCUSDT", 0.5, 50'000}, {"BTCUSDT", -0.25, 50'000}};

}  // namespace

TEST_CASE("a long and a short of one contract: each by itself, the larger, or what is left") {
    const Requirement alone_long = under({}, {{"BTCUSDT", 0.5, 50'000}});
    const Requirement alone_short = under({}, {{"BTCUSDT", -0.25, 50'000}});
    const Requirement sum = under({}, both);
    CHECK_THAT(sum.maintenance_margin,
               WithinRel(alone_long.maintenance_margin + alone_short.maintenance_margin, 1e-12));
    CHECK_THAT(sum.initial_margin, WithinRel(alone_long.initial_margin + alone_short.initial_margin, 1e-12));
    const Requirement larger = under({"opposite_sides=larger"}, both);
    CHECK_THAT(larger.maintenance_margin, WithinRel(alone_long.maintenance_margin, 1e-12));
    const Requirement net = under({"opposite_sides=net"}, both);
    CHECK_THAT(net.maintenance_margin, WithinRel(alone_short.maintenance_margin, 1e-12));
}

TEST_CASE("open orders need what the worse of all buys and all sells would") {
    const double of_one = under({}, {{"BTCUSDT", 0.5, 50'000}}).initial_margin;
    const Requirement buys = under({}, {}, {{0.3, 50'000.0}, {0.2, 50'000.0}, {-0.4, 50'000.0}});
    CHECK_THAT(buys.initial_margin, WithinRel(of_one, 1e-12));
    CHECK(buys.parts[Part::orders] == buys.initial_margin);
    CHECK(buys.maintenance_margin == 0.0);
    CHECK(under({"orders_weight=0"}, {}, {{0.5, 50'000.0}}).initial_margin == 0.0);
}

TEST_CASE("an order against the position frees nothing and costs only beyond it") {
    const std::vector<Held> held{{"BTCUSDT", 0.5, 50'000}};
    CHECK(under({}, held, {{-0.5, 50'000.0}}).parts[Part::orders] == 0.0);
    CHECK(under({}, held, {{-0.75, 50'000.0}}).parts[Part::orders] == 0.0);
    CHECK(under({}, held, {{-1.5, 50'000.0}}).parts[Part::orders] > 0.0);
    CHECK(under({}, held, {{0.5, 50'000.0}}).parts[Part::orders] > 0.0);
}

TEST_CASE("profit paid in a coin counts after the coin's haircut, and a loss eats the coin first") {
    SampleMarket desk;
    desk.price("BTC", 50'000).mark("BTC-PERPETUAL", 50'000);
    desk.market.prepare();
    const auto equity = [&](double coins, double entry) {
        return required(*model("static", desk.market, {"haircuts.BTC=0.1"}),
                        portfolio(desk.market, {{"BTC", coins}}, {{"BTC-PERPETUAL", 1, entry}}))
            .equity;
    };
    const double profit =
        50'000.0 * (50'000.0 / 40'000.0 - 1.0) * (40'000.0 / 50'000.0);  // 1 coin's worth at entry
    CHECK_THAT(equity(0.5, 40'000), WithinRel((25'000 + profit) * 0.9, 1e-12));
    CHECK(equity(0.0, 40'000) < profit);
    CHECK(equity(0.5, 60'000) < 25'000 * 0.9);
}

TEST_CASE(
    "an option without a volatility is margined whole where the rule needs none, refused where it does") {
    SampleMarket desk;
    desk.price("BTC", 84'000);
    market::Quote quote;
    quote.ts = now;
    quote.forward_price = 84'000;
    quote.mark_price = 0.4047;  // below its payoff: 34000 / 84000
    quote.in_coin = true;
    REQUIRE(desk.market.put_quote("BTC-30JAN26-50000-C", quote));
    desk.market.prepare();
    const auto account = portfolio(desk.market, {{"BTC", 2}}, {{"BTC-30JAN26-50000-C", -1, 0}});
    for (const char* rule : {"static", "deribit-sm"}) {
        INFO(rule);
        Requirement r;
        REQUIRE(model(rule, desk.market, {})->require(account, {}, r));
        CHECK(r.initial_margin >= 0.1 * 84'000);
    }
    Requirement r;
    const Status whole = model("derive-pm2", desk.market, {})->require(account, {}, r);
    REQUIRE_FALSE(whole);
    market::Shift shift(desk.market.assets(), 0.9);
    CHECK_FALSE(model("static", desk.market, {})->require(account, shift, r));
}
