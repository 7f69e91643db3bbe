#include "convert/shock_record.hpp"

#include "unit/desk/lines.hpp"

using namespace tidemark;
using namespace tidemark::desk;
using namespace tidemark::convert;

namespace {

convert::ShockRecords shocks_of(const std::vector<std::string>& texts) {
    market::Shocks shocks;
    for (const std::string& text : texts) REQUIRE(shocks.add(text));
    return convert::ShockRecords{std::move(shocks)};
}

/// A line under the shocks, or what was wrong with it.
Result<std::string> edited(convert::ShockRecords& shocks, std::string_view type, std::string_view members) {
    const Held held{R"({"type":")" + std::string{type} + R"(","ts":)" + std::string{now} + "," +
                    std::string{members} + "}"};
    std::string out;
    if (const Status edit = shocks.edit(held.line, type, out); !edit) return edit.error();
    const std::size_t head = out.find("\"ts\":") + 6 + now.size();
    return out.substr(head, out.size() - head - 1);
}

std::string edited(const std::vector<std::string>& texts, std::string_view type, std::string_view members) {
    convert::ShockRecords one = shocks_of(texts);
    const auto line = edited(one, type, members);
    if (!line) FAIL(line.error().field << ": " << line.error().message);
    return *line;
}

constexpr std::string_view vol =
    R"("underlying":"BTC","annual_vol":0.80,"base_annual_vol":0.6,"estimator":"implied","base_estimator":"ewma",)"
    R"("realized":{"estimator":"ewma","annual_vol":0.7,"as_of_ts":1767225600000,"interval_ms":3600000,"estimates":{"ewma":0.7}},)"
    R"("implied":{"annual_vol":0.8,"horizon_years":0.005,"rr25":-0.04,"bf25":0.02,"as_of_ts":1767225600000},)"
    R"("terms":[{"expiry_ts":1768000000000,"years":0.02,"forward_price":100000,"atm_vol":0.8,"rr25":-0.08,)"
    R"("svi":{"a":0.01,"b":0.1,"rho":-0.4,"m":0.0,"sigma":0.05},"svi_fit":{"rmse_vol":0.004,"quotes":9,"repaired":false,)"
    R"("least_log_moneyness":-0.5,"greatest_log_moneyness":0.5},"status":"ok"}],"samples":1,"gaps":0,"days_per_year":365)";

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a price record moves with its asset, and how sure it is with it") {
    CHECK(edited({"BTC=-20%"}, "price", R"("asset":"BTC","price":"100000.00","confidence":10.0,"x":1.0)") ==
          R"("asset":"BTC","price":"80000","confidence":8,"x":1.0)");
    CHECK(edited({"BTC=-20%"}, "price", R"("asset":"ETH","price":4000.0)") ==
          R"("asset":"ETH","price":4000.0)");
}

TEST_CASE("a price in another asset moves by the ratio of the two") {
    const std::vector<std::string> both{"BTC=-20%", "ETH=-60%", "USDC=-50%"};
    CHECK(edited(both, "ticker", R"("symbol":"BTC_USDC-PERPETUAL","mark_price":100)") ==
          R"("symbol":"BTC_USDC-PERPETUAL","mark_price":160)");
    CHECK(edited(both, "ticker", R"("symbol":"ETH/BTC","mark_price":0.04)") ==
          R"("symbol":"ETH/BTC","mark_price":0.02)");
    CHECK(edited(both, "ticker", R"("symbol":"BTC-PERPETUAL","mark_price":100,"index_price":100)") ==
          R"("symbol":"BTC-PERPETUAL","mark_price":80,"index_price":80)");
}

TEST_CASE("a vol record is consistent under a relative shock, and its anchor and its history stay") {
    const std::string out = edited({"vol=+50%", "BTC=-10%"}, "vol", vol);
    CHECK(has(out, R"("annual_vol":1.2000000000000002,"base_annual_vol":0.6,)"));
    CHECK(has(out, R"("realized":{"estimator":"ewma","annual_vol":0.7,)"));
    CHECK(
        has(out,
            R"("implied":{"annual_vol":1.2000000000000002,"horizon_years":0.005,"rr25":-0.06,"bf25":0.03,)"));
    CHECK(has(out, R"("forward_price":90000,"atm_vol":1.2000000000000002,"rr25":-0.12,)"));
    // Total variance is a + b (...): a volatility half as much again is 2.25 times both.
    CHECK(has(
        out, R"("svi":{"a":0.0225,"b":0.225,"rho":-0.4,"m":0.0,"sigma":0.05},"svi_fit":{"rmse_vol":0.006,)"));
}

TEST_CASE("points on a smile leave its skew and no SVI") {
    const std::string out = edited({"vol:BTC=+10pts"}, "vol", vol);
    CHECK(has(out, R"("annual_vol":0.9,"base_annual_vol":0.6,)"));
    CHECK(has(out, R"("rr25":-0.04,"bf25":0.02,)"));
    CHECK(has(out, R"("atm_vol":0.9,"rr25":-0.08,"svi":null,"svi_fit":null,"status")"));
}

TEST_CASE("depth thins liquidity and book, and what a trade moves the price by grows") {
    CHECK(
        edited(
            {"depth=-75%", "spread=+100%"}, "liquidity",
            R"("underlying":"BTC","half_spread_rate":0.0001,"depth_value":{"10":1000000,"25":4e6},)"
            R"("adv_value":2e10,"impact":{"coefficient":0.9,"exponent":0.5},"kyle_lambda":1e-9,"amihud":2e-10,"state":"calm")") ==
        R"("underlying":"BTC","half_spread_rate":2e-04,"depth_value":{"10":250000,"25":1e+06},)"
        R"("adv_value":5e+09,"impact":{"coefficient":0.9,"exponent":0.5},"kyle_lambda":4e-09,"amihud":8e-10,"state":"calm")");
    CHECK(edited({"depth=-75%", "BTC=-50%"}, "book",
                 R"("symbol":"BTC-PERPETUAL","bids":[[100,4],[98,8]],"asks":[[102,4.0]])") ==
          R"("symbol":"BTC-PERPETUAL","bids":[[50,1],[49,2]],"asks":[[51,1]])");
}

TEST_CASE("correlations are pushed to a value that they can all have") {
    constexpr std::string_view three =
        R"("assets":["A","B","C"],"matrix":[[1,0.50,0.2],[0.50,1,0.9],[0.2,0.9,1.0]],"samples":9)";
    CHECK(edited({"correlation=0.5"}, "correlation", three) ==
          R"("assets":["A","B","C"],"matrix":[[1,0.50,0.5],[0.50,1,0.5],[0.5,0.5,1.0]],"samples":9)");
    convert::ShockRecords impossible = shocks_of({"correlation=-0.6"});
    CHECK(edited(impossible, "correlation", three).error().field == "matrix");
}

TEST_CASE("a number that its field may not have refuses the line") {
    convert::ShockRecords shock = shocks_of({"vol=+100%", "spread=+1000000%"});
    const auto high =
        edited(shock, "ticker", R"("symbol":"BTC-30JAN26-90000-P","forward_price":1e5,"mark_vol":3)");
    REQUIRE_FALSE(high);
    CHECK(high.error().field == "mark_vol");
    CHECK(high.error().code == Errc::out_of_range);
    CHECK(
        edited(shock, "ticker", R"("symbol":"BTC-PERPETUAL","bid_price":99,"ask_price":101)").error().field ==
        "bid_price");
    CHECK(edited(shock, "vol", vol));
    convert::ShockRecords down = shocks_of({"vol=-90pts"});
    CHECK(edited(down, "vol", vol).error().field == "annual_vol");
}

TEST_CASE("a book of an option under a move of prices is refused") {
    constexpr std::string_view book = R"("symbol":"BTC-30JAN26-90000-P","bids":[[0.1,4]],"asks":[[0.2,4]])";
    convert::ShockRecords moved = shocks_of({"BTC=-20%"}), wild = shocks_of({"vol=+20%"});
    CHECK(edited(moved, "book", book).error().code == Errc::out_of_domain);
    CHECK(edited(wild, "book", book).error().code == Errc::out_of_domain);
    CHECK(edited({"depth=-50%", "ETH=-10%"}, "book", book) ==
          R"("symbol":"BTC-30JAN26-90000-P","bids":[[0.1,2]],"asks":[[0.2,2]])");
}

TEST_CASE("an instrument record says what a symbol is, as long as it comes before the symbol's lines") {
    const auto learn = [](convert::ShockRecords& to, std::string_view symbol) {
        const Held held{R"({"type":"instrument","symbol":")" + std::string{symbol} +
                        R"(","kind":"perp","underlying":"XBT","quote_asset":"USD","settle_asset":"USD"})"};
        return to.learn(held.line);
    };
    convert::ShockRecords shock = shocks_of({"XBT=-50%"});
    constexpr std::string_view house = R"("symbol":"house contract","mark_price":100)";
    CHECK(edited(shock, "ticker", house).error().code == Errc::bad_symbol);
    CHECK(learn(shock, "house contract"));
    CHECK(edited(shock, "ticker", house).value() == R"("symbol":"house contract","mark_price":50)");
    CHECK(learn(shock, "house contract"));
    CHECK(edited(shock, "ticker", R"("symbol":"BTC-PERPETUAL","mark_price":100)"));
    CHECK(learn(shock, "BTC-PERPETUAL").error().code == Errc::conflict);
    convert::ShockRecords quiet = shocks_of({"XBT=-0%"});
    CHECK(edited(quiet, "ticker", house).value() == house);
    CHECK(edited(quiet, "ticker", R"("symbol":"BTC-PERPETUAL","mark_price":100)"));
    CHECK(learn(quiet, "BTC-PERPETUAL"));
}

TEST_CASE("a shock that no record could show is named") {
    const auto unmet = [](const convert::ShockRecords& of) {
        std::vector<std::string> all;
        for (const Error& error : of.unmet()) all.push_back(error.field);
        return all;
    };
    convert::ShockRecords shock =
        shocks_of({"BTC=-20%", "BTCUSD=-1%", "USDC=-3%", "vol=+0%", "depth:ETH=-5%", "spread=+1%"});
    CHECK(unmet(shock).size() == 6);
    REQUIRE(edited(shock, "ticker", R"("symbol":"BTC_USDC-PERPETUAL","mark_price":100)"));
    CHECK(unmet(shock) ==
          std::vector<std::string>{"BTCUSD=-1%", "USDC=-3%", "vol=+0%", "depth:ETH=-5%", "spread=+1%"});
    // Money that others are quoted in has to have a price of its own: balances follow nothing else.
    REQUIRE(edited(shock, "ticker", R"("symbol":"USDC/USDT","mark_price":1)"));
    CHECK(unmet(shock).at(1) == "USDC=-3%");
    REQUIRE(edited(shock, "ticker", R"("symbol":"USDC/USDT","mark_price":1,"index_price":1)"));
    REQUIRE(edited(shock, "vol", vol));
    REQUIRE(edited(shock, "liquidity", R"("underlying":"BTC","half_spread_rate":0.0001)"));
    CHECK(unmet(shock) == std::vector<std::string>{"BTCUSD=-1%", "depth:ETH=-5%"});
    REQUIRE(edited(shock, "liquidity", R"("underlying":"ETH")"));
    CHECK(shock.unmet().at(0).message == "want a price record or index price of BTCUSD to change, got none");
    convert::ShockRecords typo = shocks_of({"usdc=-3%"});
    REQUIRE(edited(typo, "price", R"("asset":"USDC","price":1)"));
    CHECK(typo.unmet().at(0).message ==
          "want a price record or index price of usdc to change, got none; USDC perhaps");
}
