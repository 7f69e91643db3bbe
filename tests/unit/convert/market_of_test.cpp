#include "convert/market_of.hpp"

#include <functional>

#include "unit/desk/lines.hpp"

using namespace tidemark;
using namespace tidemark::desk;
using namespace tidemark::convert;

TEST_CASE("every type that is said to be learnt is learnt") {
    Lines lines;
    lines.with(
        "instrument",
        R"("symbol":"house","kind":"option","underlying":"BTC","quote_asset":"USD","settle_asset":"BTC",)"
        R"("expiry_ts":"2026-01-30T08:00:00Z","strike_price":100000,"option_type":"put")");
    lines.with("ticker", R"("symbol":"house","mark_price":0.05,"forward_price":"100000.5","mark_vol":0.6,)"
                         R"("index_price":99000,"bid_price":0.049,"price_unit":"coin")");
    const market::Instrument& house = lines.market.instrument(lines.market.find_instrument("house").value());
    CHECK(house.terms.kind == market::ContractKind::option);
    CHECK(house.terms.option_type == pricing::OptionType::put);
    CHECK(house.terms.inverse());
    CHECK(to_rfc3339(*house.terms.expiry) == "2026-01-30T08:00:00Z");
    CHECK(house.terms.strike == 100'000);
    CHECK(house.quote->mark_price == 0.05);
    CHECK(house.quote->forward_price == 100'000.5);
    CHECK(house.quote->bid_price == 0.049);
    CHECK_FALSE(house.quote->ask_price);
    CHECK(house.quote->in_coin);
    const market::AssetId btc = lines.market.find_asset("BTC").value();
    CHECK(lines.market.asset(btc).price->price == 99'000);
    lines.with("price", R"("asset":"BTC","price":99001,"confidence":12.5)");
    CHECK(lines.market.asset(btc).price->confidence == 12.5);
    lines.with("vol", vol_members("BTC", 0.75));
    CHECK(lines.market.asset(btc).vol->annual_vol == 0.75);
    CHECK(lines.market.asset(btc).vol->rr25 == 0.0);
    lines.with("correlation",
               R"("assets":["BTC","ETH"],"matrix":[[1,0.8],[0.8,1]],"samples":9,"shrinkage":0)");
    CHECK(lines.market.correlation(btc, lines.market.find_asset("ETH").value()) == 0.8);
}

TEST_CASE("records that contradict themselves are refused, and the member named") {
    struct Case {
        std::string type, members, field;
    };
    const std::string stem = R"("symbol":"x","underlying":"BTC","quote_asset":"USD","settle_asset":"BTC")";
    const auto c = GENERATE_COPY(values<Case>(
        {{"instrument", stem + R"(,"kind":"future")", "expiry_ts"},
         {"instrument", stem + R"(,"kind":"option","expiry_ts":1769760000000,"option_type":"call")",
          "strike_price"},
         {"instrument", stem + R"(,"kind":"option","expiry_ts":1769760000000,"strike_price":1)",
          "option_type"},
         {"ticker", R"("symbol":"BTC-PERPETUAL","mark_price":-1)", "mark_price"},
         {"ticker", R"("symbol":"BTC-PERPETUAL","markPrice":1)", "markPrice"},
         {"ticker", R"("mark_price":1)", "symbol"},
         {"price", R"("asset":"BTC","price":0)", "price"},
         {"price", R"("asset":"BTC","price":"1,5")", "price"},
         {"correlation", R"("assets":["BTC","ETH"],"matrix":[[1,0.8]],"samples":9,"shrinkage":0)",
          "matrix"}}));
    INFO(c.type << ' ' << c.members);
    Lines lines;
    const Status learnt = lines.learn(c.type, c.members);
    REQUIRE_FALSE(learnt);
    CHECK(learnt.error().field == c.field);
}

TEST_CASE("a volatility that looks like a percentage is refused as one") {
    Lines lines;
    CHECK(lines.learn("vol", vol_members("BTC", 52.0)).error().code == Errc::unit_suspect);
    CHECK(lines.learn("ticker", R"("symbol":"BTC-30JAN26-100000-C","mark_vol":60)").error().code ==
          Errc::unit_suspect);
}

TEST_CASE("times may be written as text") {
    Lines lines;
    lines.with("price", R"("asset":"BTC","price":1)", R"("2026-01-01T00:00:00.250Z")");
    CHECK(lines.market.as_of().ms == 1'767'225'600'250);
    CHECK(lines.learn("price", R"("asset":"BTC","price":1)", "1767225600").error().code ==
          Errc::bad_timestamp);
}
