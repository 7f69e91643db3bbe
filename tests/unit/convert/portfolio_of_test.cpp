#include "convert/portfolio_of.hpp"

#include <vector>

#include "unit/desk/lines.hpp"

using namespace tidemark;
using namespace tidemark::desk;
using namespace tidemark::convert;

namespace {

/// The sets of an account; a copy, so that the next account can be read.
Result<std::vector<margin::NettingSet>> sets_of(Lines& lines, std::string_view members) {
    margin::NettingSets sets;
    const Status made = netting_sets_of(lines.account(members), lines.market, lines.view(),
                                        lines.market.find_asset("USD").value(), sets);
    if (!made) return made.error();
    return std::vector<margin::NettingSet>{sets.all().begin(), sets.all().end()};
}

market::Portfolio cross_of(Lines& lines, std::string_view members) {
    const auto sets = sets_of(lines, members).value();
    REQUIRE(sets.size() == 1);
    CHECK_FALSE(sets[0].isolated);
    return sets[0].portfolio;
}

}  // namespace

TEST_CASE("an account's holdings and balances in the order of their names") {
    Lines lines;
    add_two_coins(lines);
    const market::Portfolio portfolio = cross_of(
        lines, R"("collateral":[{"asset":"USDC","qty":"1000.5"},{"asset":"BTC","qty":-0.5},{"asset":"ETH",)"
               R"("qty":0}],"positions":[{"symbol":"ETH_USDC-PERPETUAL","qty":2,"entry_price":3900},)"
               R"({"symbol":"BTC-30JAN26-100000-C","qty":-1},{"symbol":"BTC-PERPETUAL","qty":0,)"
               R"("entry_price":1}])");
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

TEST_CASE("what is held and what is owed of one asset stay apart, rows of one side together") {
    Lines lines;
    add_two_coins(lines);
    const market::Portfolio portfolio =
        cross_of(lines, R"("collateral":[{"asset":"USDC","qty":100},{"asset":"BTC","qty":2},)"
                        R"({"asset":"USDC","qty":-100},{"asset":"BTC","qty":-0.5},{"asset":"BTC","qty":1}])");
    REQUIRE(portfolio.balances.size() == 4);
    CHECK(lines.market.asset_name(portfolio.balances[0].asset) == "BTC");
    CHECK(portfolio.balances[0].qty == -0.5);
    CHECK(portfolio.balances[1].qty == 3.0);
    CHECK(portfolio.balances[2].qty == -100.0);
    CHECK(portfolio.balances[3].qty == 100.0);
}

TEST_CASE("what the policy counts for nothing needs no price, but for a debt of it") {
    Lines lines{"binance-usdm"};
    add_two_coins(lines);
    CHECK(cross_of(lines, R"("collateral":[{"asset":"AIRDROP","qty":3e-7},{"asset":"USDC","qty":5}])")
              .balances.size() == 1);
    CHECK(sets_of(lines, R"("collateral":[{"asset":"AIRDROP","qty":-3e-7}])").error().code ==
          Errc::missing_market);
}

TEST_CASE("isolated margin may be coin, and a cross position has none") {
    Lines lines;
    add_two_coins(lines);
    const auto sets =
        sets_of(lines, R"("margin_mode":"isolated","positions":[{"symbol":"BTC-PERPETUAL","qty":1,)"
                       R"("entry_price":90000,"isolated_margin":0.1,"isolated_asset":"BTC"}])")
            .value();
    REQUIRE(sets.size() == 1);
    CHECK(lines.market.asset_name(sets[0].portfolio.balances[0].asset) == "BTC");
    CHECK(sets_of(lines, R"("positions":[{"symbol":"BTC-PERPETUAL","qty":1,"entry_price":90000,)"
                         R"("margin_mode":"cross","isolated_margin":5}])")
              .error()
              .code == Errc::out_of_domain);
}

TEST_CASE("an account that was there before leaves nothing behind") {
    Lines lines;
    add_two_coins(lines);
    margin::NettingSets sets;
    const market::AssetId cash = lines.market.find_asset("USD").value();
    REQUIRE(netting_sets_of(lines.account(R"("collateral":[{"asset":"BTC","qty":1}],"score":{"status":"ok",)"
                                          R"("multiplier":1.25})"),
                            lines.market, lines.view(), cash, sets));
    CHECK(sets.all()[0].portfolio.multiplier == 1.25);
    REQUIRE(netting_sets_of(lines.account(""), lines.market, lines.view(), cash, sets));
    CHECK(sets.all()[0].portfolio.balances.empty());
    CHECK(sets.all()[0].portfolio.multiplier == 1.0);
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
    const auto resolved = sets_of(lines, c.members);
    REQUIRE_FALSE(resolved);
    CHECK(resolved.error().code == c.code);
}

TEST_CASE("an isolated position stands on its own margin alone") {
    Lines lines;
    add_two_coins(lines);
    const auto sets =
        sets_of(lines, R"("margin_mode":"isolated","collateral":[{"asset":"BTC","qty":9}],"positions":[)"
                       R"({"symbol":"ETH_USDC-PERPETUAL","qty":2,"entry_price":3900,"isolated_margin":500}])")
            .value();
    REQUIRE(sets.size() == 1);
    CHECK(lines.market.symbol(*sets[0].isolated) == "ETH_USDC-PERPETUAL");
    REQUIRE(sets[0].portfolio.balances.size() == 1);
    CHECK(lines.market.asset_name(sets[0].portfolio.balances[0].asset) == "USD");
    CHECK(sets[0].portfolio.balances[0].qty == 500);
    CHECK(sets[0].portfolio.holdings.size() == 1);
    CHECK(sets_of(lines, R"("margin_mode":"isolated","positions":[)"
                         R"({"symbol":"BTC-PERPETUAL","qty":1,"entry_price":90000}])")
              .error()
              .code == Errc::missing_field);
}

TEST_CASE("a position with a margin of its own is apart from the cross set beside it") {
    Lines lines;
    add_two_coins(lines);
    const auto sets =
        sets_of(lines, R"("collateral":[{"asset":"BTC","qty":9}],"positions":[)"
                       R"({"symbol":"ETH_USDC-PERPETUAL","qty":2,"entry_price":3900,"isolated_margin":500},)"
                       R"({"symbol":"BTC-PERPETUAL","qty":1,"entry_price":90000}])")
            .value();
    REQUIRE(sets.size() == 2);
    CHECK_FALSE(sets[0].isolated);
    CHECK(sets[0].portfolio.holdings.size() == 1);
    CHECK(lines.market.symbol(sets[0].portfolio.holdings[0].instrument) == "BTC-PERPETUAL");
    CHECK(lines.market.symbol(*sets[1].isolated) == "ETH_USDC-PERPETUAL");
}
