#include "margin/dynamic/open_orders.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::margin;
using namespace tidemark::sample;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

constexpr double shortfall = 0.27325786572935895;
constexpr double btc = 100'000 * 0.5 * shortfall;

struct Ordered {
    std::string_view symbol;
    double qty;
    std::optional<double> limit_price;
};

Requirement with_orders(const SampleMarket& desk, const std::vector<Held>& held,
                        const std::vector<Ordered>& orders, const std::vector<std::string>& sets = {}) {
    const auto dynamic = model("dynamic", desk.market, scenarios_alone() + sets);
    market::Portfolio account = portfolio(desk.market, {{"USD", 1e6}}, held);
    for (const Ordered& order : orders) {
        const auto id = desk.market.find_instrument(order.symbol).value();
        account.orders.push_back({id, order.qty, order.limit_price, desk.market.sorted(id).rank});
    }
    account.sort(desk.market);
    return required(*dynamic, account);
}

}  // namespace

TEST_CASE("orders count at the worse of all buys and all sells filled") {
    const SampleMarket desk = three_coins();
    struct Case {
        std::string name;
        double held;
        std::vector<Ordered> orders;
        double exposed;  // BTC
    };
    const auto c = GENERATE(values<Case>(
        {{"none", 1, {}, 1},
         {"a buy on a long", 1, {{"BTC_USDC-PERPETUAL", 2, 100'000}}, 3},
         {"a sell that closes", 1, {{"BTC_USDC-PERPETUAL", -1, 100'000}}, 1},
         {"a sell beyond", 1, {{"BTC_USDC-PERPETUAL", -4, 100'000}}, 3},
         {"both sides quoted", 1, {{"BTC_USDC-PERPETUAL", 2, 99'000}, {"BTC-PERPETUAL", -5, 101'000}}, 4},
         {"at the market", 0, {{"BTC_USDC-PERPETUAL", 2, std::nullopt}}, 2}}));
    INFO(c.name);
    std::vector<Held> held;
    if (c.held != 0.0) held.push_back({"BTC_USDC-PERPETUAL", c.held, 1});
    const Requirement r = with_orders(desk, held, c.orders);
    CHECK_THAT(r.initial_margin, WithinRel(c.exposed * btc, 1e-13));
    CHECK_THAT(r.parts[Part::orders], WithinAbs((c.exposed - c.held) * btc, 1e-8));
    CHECK_THAT(r.maintenance_margin, WithinAbs(0.8 * c.held * btc, 1e-8));
}

TEST_CASE("a fill worse than the mark is a loss, a better one is no gain") {
    const SampleMarket desk = three_coins();
    const auto at = [&](const char* symbol, double qty, double limit) {
        return with_orders(desk, {}, {{symbol, qty, limit}}).parts[Part::orders];
    };
    CHECK_THAT(at("BTC_USDC-PERPETUAL", 2, 103'000), WithinRel(2 * btc + 6'000, 1e-13));
    CHECK_THAT(at("BTC_USDC-PERPETUAL", 2, 90'000), WithinRel(2 * btc, 1e-13));
    CHECK_THAT(at("BTC_USDC-PERPETUAL", -2, 97'000), WithinRel(2 * btc + 6'000, 1e-13));
    // An inverse perpetual bought at K loses 1 - K/S coins, here 1/1.03 of its notional at the limit.
    CHECK_THAT(at("BTC-PERPETUAL", 2, 103'000), WithinRel(2 * btc + 2 * 100'000 * 0.03, 1e-12));
    const double plain = at("BTC_USDC-30JAN26-100000-C", 1, 1);
    CHECK_THAT(at("BTC_USDC-30JAN26-100000-C", 1, 20'000) - plain,
               WithinRel(20'000 - pricing::black76_value(100'000, 100'000,
                                                         0.6 * std::sqrt((29.0 + 8.0 / 24.0) / 365.0),
                                                         pricing::OptionType::call),
                         1e-9));
}

TEST_CASE("the worst combination over underlyings is found, also where it breaks a hedge") {
    const SampleMarket desk = three_coins();
    const std::vector<Held> hedge{{"BTC_USDC-PERPETUAL", 1, 1}, {"ETH_USDC-PERPETUAL", -15.625, 1}};
    // Buying the ETH back leaves the BTC alone.
    const Requirement r = with_orders(desk, hedge, {{"ETH_USDC-PERPETUAL", 15.625, 4'000}});
    CHECK_THAT(r.initial_margin, WithinRel(std::max(btc, r.initial_margin - r.parts[Part::orders]), 1e-12));
    // A sell of SOL and a buy of it: the buy is worse beside a long book.
    const Requirement both =
        with_orders(desk, {{"BTC_USDC-PERPETUAL", 1, 1}},
                    {{"SOL_USDC-PERPETUAL", 500, 200}, {"SOL_USDC-PERPETUAL", -500, 200}});
    const Requirement bought =
        needed(desk, {{"USD", 1e6}}, {{"BTC_USDC-PERPETUAL", 1, 1}, {"SOL_USDC-PERPETUAL", 500, 1}});
    CHECK_THAT(both.initial_margin, WithinRel(bought.initial_margin, 1e-13));
}

TEST_CASE("with more underlyings than are combined, each counts by itself") {
    SampleMarket desk = three_coins();
    std::vector<Ordered> orders;
    double alone = 0.0;
    for (const char* coin : {"AAA", "BBB", "CCC", "DDD", "EEE"}) {
        desk.mark(std::string{coin} + "_USDC-PERPETUAL", 10).vol(coin, 1.0, 1.0);
    }
    for (const char* symbol : {"AAA_USDC-PERPETUAL", "BBB_USDC-PERPETUAL", "CCC_USDC-PERPETUAL",
                               "DDD_USDC-PERPETUAL", "EEE_USDC-PERPETUAL"}) {
        orders.push_back({symbol, 100, 10.0});
        alone += 1'000 * shortfall;
    }
    CHECK_THAT(with_orders(desk, {{"BTC_USDC-PERPETUAL", 1, 1}}, orders).initial_margin,
               WithinRel(btc + alone, 1e-12));
    orders.pop_back();
    CHECK(with_orders(desk, {{"BTC_USDC-PERPETUAL", 1, 1}}, orders).initial_margin < btc + 0.8 * alone);
}

TEST_CASE("orders never lower a requirement, and half their weight is half their part") {
    const SampleMarket desk = three_coins();
    const std::vector<Held> held{{"BTC_USDC-PERPETUAL", 1, 1}, {"BTC_USDC-30JAN26-90000-P", -3}};
    for (const double qty : {-20.0, -1.0, -0.1, 0.1, 1.0, 20.0}) {
        const auto r = with_orders(desk, held, {{"BTC_USDC-30JAN26-110000-C", qty, 1'000.0}});
        CHECK(r.parts[Part::orders] >= 0.0);
        const auto half =
            with_orders(desk, held, {{"BTC_USDC-30JAN26-110000-C", qty, 1'000.0}}, {"orders_weight=0.5"});
        CHECK_THAT(half.parts[Part::orders], WithinAbs(0.5 * r.parts[Part::orders], 1e-8));
    }
}

TEST_CASE("an order without a price makes the account indeterminate") {
    SampleMarket desk = three_coins();
    REQUIRE(
        desk.market.put_terms("XRP_USDC-PERPETUAL", market::parse_symbol("XRP_USDC-PERPETUAL").value(), {}));
    desk.market.prepare();
    const auto dynamic = model("dynamic", desk.market);
    market::Portfolio account = portfolio(desk.market, {{"USD", 1e6}}, {});
    account.orders.push_back({desk.market.find_instrument("XRP_USDC-PERPETUAL").value(), 1.0, 1.0, 0});
    Requirement out;
    CHECK_FALSE(dynamic->require(account, {}, out));
}
