#include "market/portfolio.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::market;

TEST_CASE("positions are put in the order of their names, then entries, then sizes") {
    Market market;
    Quote quote;
    quote.ts = Timestamp{1'767'225'600'000};
    for (const char* symbol : {"ETH-PERPETUAL", "BTC-PERPETUAL"}) REQUIRE(market.put_quote(symbol, quote));
    market.prepare();
    const InstrumentId eth = market.find_instrument("ETH-PERPETUAL").value();
    const InstrumentId btc = market.find_instrument("BTC-PERPETUAL").value();
    Portfolio portfolio;
    const auto hold = [&](InstrumentId id, double qty, double entry) {
        Holding holding;
        holding.instrument = id;
        holding.qty = qty;
        holding.entry = entry;
        holding.rank = market.sorted(id).rank;
        portfolio.holdings.push_back(holding);
    };
    hold(eth, 1, 1);
    hold(btc, 2, 7);
    hold(btc, 1, 7);
    hold(btc, 9, 3);
    portfolio.balances = {{market.find_asset("USD").value(), 1},
                          {market.find_asset("BTC").value(), 2},
                          {market.find_asset("BTC").value(), 1}};
    portfolio.sort(market);
    std::vector<std::pair<InstrumentId, double>> order;
    for (const Holding& h : portfolio.holdings) order.emplace_back(h.instrument, h.qty);
    CHECK(order == std::vector<std::pair<InstrumentId, double>>{{btc, 9}, {btc, 1}, {btc, 2}, {eth, 1}});
    CHECK(portfolio.balances.front().qty == 1);
    CHECK(portfolio.balances.back().asset == market.find_asset("USD").value());
}

TEST_CASE("an underlying that a shift does not name stands still") {
    CHECK(factor_of({}, 0) == 1.0);
    CHECK(factor_of({0.5}, 0) == 0.5);
    CHECK(factor_of({0.5}, 1) == 1.0);
}

TEST_CASE("balances of one asset are one, and none where they cancel") {
    std::vector<Balance> balances{{0, -100.0}, {0, 100.0}, {1, 5.0}, {2, -2.0}, {2, 0.5}, {2, 3.0}};
    net_balances(balances);
    REQUIRE(balances.size() == 2);
    CHECK(balances[0].asset == 1);
    CHECK(balances[0].qty == 5.0);
    CHECK(balances[1].asset == 2);
    CHECK(balances[1].qty == 1.5);
}
