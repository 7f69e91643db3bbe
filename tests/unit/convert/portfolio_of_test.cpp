#include "convert/portfolio_of.hpp"

#include "unit/desk/lines.hpp"

using namespace tidemark;
using namespace tidemark::convert;

TEST_CASE("an account's holdings and balances in the order of their names") {
    Lines lines;
    add_two_coins(lines);
    const record::Account account = lines.account(
        R"("collateral":[{"asset":"USDC","qty":"1000.5"},{"asset":"BTC","qty":-0.5},{"asset":"ETH",)"
        R"("qty":0}],"positions":[{"symbol":"ETH_USDC-PERPETUAL","qty":2,"entry_price":3900},)"
        R"({"symbol":"BTC-30JAN26-100000-C","qty":-1},{"symbol":"BTC-PERPETUAL","qty":0,)"
        R"("entry_price":1}])");
    market::Portfolio portfolio;
    REQUIRE(convert::portfolio_of(account, lines.market, portfolio));
    REQUIRE(portfolio.balances.size() == 2);
    CHECK(lines.market.asset_name(portfolio.balances[0].asset) == "BTC");
    CHECK(portfolio.balances[0].qty == -0.5);
    CHECK(portfolio.balances[1].qty == 1000.5);
    REQUIRE(portfolio.holdings.size() == 2);
    CHECK(lines.market.symbol(portfolio.holdings[0].instrument) == "BTC-30JAN26-100000-C");
    CHECK(portfolio.holdings[0].entry == 0.0);
    CHECK(portfolio.holdings[1].entry == 3900.0);
    CHECK(portfolio.multiplier == 1.0);
    CHECK(portfolio.ts.ms == 1'767'225'600'000);
}

TEST_CASE("rows of one asset are one balance, and none where they cancel") {
    Lines lines;
    add_two_coins(lines);
    market::Portfolio portfolio;
    REQUIRE(convert::portfolio_of(
        lines.account(R"("collateral":[{"asset":"USDC","qty":100},{"asset":"BTC","qty":2},)"
                      R"({"asset":"USDC","qty":-100},{"asset":"BTC","qty":-0.5}])"),
        lines.market, portfolio));
    REQUIRE(portfolio.balances.size() == 1);
    CHECK(lines.market.asset_name(portfolio.balances[0].asset) == "BTC");
    CHECK(portfolio.balances[0].qty == 1.5);
}

TEST_CASE("an account that was there before leaves nothing behind") {
    Lines lines;
    add_two_coins(lines);
    market::Portfolio portfolio;
    REQUIRE(convert::portfolio_of(
        lines.account(R"("collateral":[{"asset":"BTC","qty":1}],"score":{"status":"ok",)"
                      R"("multiplier":1.25})"),
        lines.market, portfolio));
    CHECK(portfolio.multiplier == 1.25);
    REQUIRE(convert::portfolio_of(lines.account(""), lines.market, portfolio));
    CHECK(portfolio.balances.empty());
    CHECK(portfolio.multiplier == 1.0);
}

TEST_CASE("what the market does not know makes an account indeterminate") {
    struct Case {
        std::string members;
        Errc code;
    };
    const auto c = GENERATE(values<Case>(
        {{R"("collateral":[{"asset":"XRP","qty":1}])", Errc::missing_market},
         {R"("positions":[{"symbol":"XRP-PERPETUAL","qty":1,"entry_price":1}])", Errc::missing_market},
         {R"("positions":[{"symbol":"btc-perpetual","qty":1,"entry_price":1}])", Errc::missing_market},
         {R"("positions":[{"symbol":"BTC-PERPETUAL","qty":1}])", Errc::missing_field}}));
    INFO(c.members);
    Lines lines;
    add_two_coins(lines);
    market::Portfolio portfolio;
    const Status resolved = convert::portfolio_of(lines.account(c.members), lines.market, portfolio);
    REQUIRE_FALSE(resolved);
    CHECK(resolved.error().code == c.code);
}

TEST_CASE("an isolated position stands on its own margin alone") {
    Lines lines;
    add_two_coins(lines);
    const record::Account account =
        lines.account(R"("margin_mode":"isolated","collateral":[{"asset":"BTC","qty":9}],"positions":[)"
                      R"({"symbol":"ETH_USDC-PERPETUAL","qty":2,"entry_price":3900,"isolated_margin":500},)"
                      R"({"symbol":"BTC-PERPETUAL","qty":1,"entry_price":90000}])");
    const market::AssetId cash = lines.market.find_asset("USD").value();
    market::Portfolio portfolio;
    REQUIRE(convert::isolated_portfolio(account, 0, lines.market, cash, portfolio));
    REQUIRE(portfolio.balances.size() == 1);
    CHECK(portfolio.balances[0].asset == cash);
    CHECK(portfolio.balances[0].qty == 500);
    CHECK(portfolio.holdings.size() == 1);
    CHECK(convert::isolated_portfolio(account, 1, lines.market, cash, portfolio).error().code ==
          Errc::missing_field);
}
