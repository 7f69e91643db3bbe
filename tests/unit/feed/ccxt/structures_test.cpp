#include "feed/ccxt/structures.hpp"

#include "unit/feed/imported.hpp"

using namespace tidemark;
using namespace tidemark::feed;

namespace {

Options sized(double contract_size) {
    Options options;
    options.contract_size = contract_size;
    return options;
}

}  // namespace

TEST_CASE("candles: an array of rows, or a row a line, in numbers; never newest first, never unnamed") {
    const std::string two =
        R"({"type":"candle","symbol":"BTC/USDT","ts":1704067200000,"interval_ms":3600000,"open":10,"high":12,"low":9,"close":11,"volume":5})"
        "\n"
        R"({"type":"candle","symbol":"BTC/USDT","ts":1704070800000,"interval_ms":3600000,"open":11,"high":12,"low":10,"close":11})"
        "\n";
    const Options btc = with_symbol("BTC/USDT");
    const std::string a = "[1704067200000,10,12,9,11,5]", b = "[1704070800000,11,12,10,11,null]";
    CHECK(records("ccxt", "[" + a + "," + b + "]", btc) == two);
    CHECK(records("ccxt", a + "\n" + b, btc) == two);
    CHECK(records("ccxt", "[\n  " + a + ",\n  " + b + "\n]\n", btc) == two);
    CHECK(imported("ccxt", "[" + b + "," + a + "]", btc).errors.at(0).code == Errc::bad_series);
    CHECK(imported("ccxt", "[" + a + "]").errors.at(0).code == Errc::missing_field);
    CHECK(imported("ccxt", "[[1704067200000,10,12,9]]", btc).code() == "wrong_type");
    Options now = btc;
    now.as_of = Timestamp{1704070800000};
    CHECK(records("ccxt", "[" + a + "," + b + "]", now) == two.substr(0, two.find('\n') + 1));
}

TEST_CASE("a ticker, alone or in a map by symbol; 0, null and empty are absent") {
    const std::string ticker =
        R"({"symbol":"BTC/USDT:USDT","timestamp":1770306692535,"datetime":"2026-02-05T15:51:32.535Z","bid":67000.5,"ask":0,)"
        R"("last":1,"markPrice":"67001","indexPrice":null,"quoteVolume":1000.5,"info":{}})";
    const std::string line =
        R"({"type":"ticker","symbol":"BTC/USDT:USDT","ts":1770306692535,"mark_price":67001,"bid_price":67000.5,"volume_24h_value":1000.5})"
        "\n";
    CHECK(records("ccxt", ticker) == line);
    CHECK(records("ccxt", "{\"BTC/USDT:USDT\":" + ticker + "}") == line);
    CHECK(records("ccxt", "[" + ticker + "," + ticker + "]") == line + line);
    CHECK(imported("ccxt", R"({"symbol":"BTC/USDT","bid":1,"ask":2,"timestamp":null})").error().field ==
          "timestamp");
    CHECK(imported("ccxt", R"({"symbol":"WAT","bid":1,"ask":2,"timestamp":1770306692535})").code() ==
          "bad_symbol");
}

TEST_CASE("book amounts on a derivative are contracts") {
    const std::string book =
        R"("timestamp":1770306692535,"bids":[[50000,2]],"asks":[[50010,3,1]],"nonce":7})";
    const auto line = [](std::string_view symbol, std::string_view bid, std::string_view ask) {
        return R"({"type":"book","symbol":")" + std::string{symbol} +
               R"(","ts":1770306692535,"bids":[[50000,)" + std::string{bid} + R"(]],"asks":[[50010,)" +
               std::string{ask} + "]]}\n";
    };
    CHECK(records("ccxt", R"({"symbol":"BTC/USDT",)" + book) == line("BTC/USDT", "2", "3"));
    CHECK(records("ccxt", R"({"symbol":"BTC/USDT:USDT",)" + book, sized(0.01)) ==
          line("BTC/USDT:USDT", "0.02", "0.03"));
    CHECK(records("ccxt", R"({"symbol":"BTC/USD:BTC",)" + book, sized(50010)) ==
          line("BTC/USD:BTC", "2.0004", "3"));
    CHECK(imported("ccxt", R"({"symbol":"BTC/USDT:USDT",)" + book).error().field == "contractSize");
    const std::string market =
        R"({"symbol":"BTC/USDT:USDT","type":"swap","base":"BTC","quote":"USDT","settle":"USDT","contractSize":0.01,"info":{"ctMult":"1"}})"
        "\n";
    CHECK(records("ccxt", market + R"({"symbol":"BTC/USDT:USDT",)" + book)
              .ends_with(line("BTC/USDT:USDT", "0.02", "0.03")));
}

TEST_CASE("CCXT passes Deribit's amounts on as they are, whatever the contract size beside them") {
    const std::string market =
        R"({"symbol":"BTC/USD:BTC","type":"swap","base":"BTC","quote":"USD","settle":"BTC","contractSize":10,)"
        R"("info":{"instrument_name":"BTC-PERPETUAL","settlement_period":"perpetual"}})"
        "\n";
    const std::string lines = records(
        "ccxt",
        market +
            R"({"symbol":"BTC/USD:BTC","timestamp":1770306692535,"price":50000,"amount":100,"side":"buy"})");
    CHECK(
        lines ==
        R"({"type":"instrument","symbol":"BTC/USD:BTC","kind":"perp","underlying":"BTC","quote_asset":"USD","settle_asset":"BTC","contract_size":10})"
        "\n"
        R"({"type":"trade","symbol":"BTC/USD:BTC","ts":1770306692535,"price":50000,"qty":0.002,"side":"buy"})"
        "\n");
}

TEST_CASE("CCXT trap 1: Deribit's volatilities are per cent, all others fractions, and none is guessed") {
    const auto greeks = [](std::string_view vols, std::string_view info) {
        return R"({"symbol":"BTC/USD:BTC-260206-60000-C","timestamp":1770306692535,"delta":0.5,"markPrice":0.1,)"
               R"("underlyingPrice":67000,)" +
               std::string{vols} + R"(,"info":)" + std::string{info} + "}";
    };
    const std::string line =
        R"({"type":"ticker","symbol":"BTC/USD:BTC-260206-60000-C","ts":1770306692535,"mark_price":0.1,"forward_price":67000,"price_unit":"coin","mark_vol":0.61,"ask_vol":0.7})"
        "\n";
    const std::string deribit =
        R"({"instrument_name":"BTC-6FEB26-60000-C","underlying_index":"BTC-6FEB26","mark_iv":61})";
    const std::string percent =
        R"("markImpliedVolatility":61,"bidImpliedVolatility":0,"askImpliedVolatility":70)";
    const std::string fraction =
        R"("markImpliedVolatility":0.61,"bidImpliedVolatility":null,"askImpliedVolatility":0.7)";
    CHECK(records("ccxt", greeks(percent, deribit)) == line);
    CHECK(records("ccxt", greeks(fraction, R"({"markVol":"0.61"})")) == line);
    CHECK(imported("ccxt", greeks(percent, R"({"markVol":"61"})")).code() == "unit_suspect");
    CHECK(imported("ccxt", greeks(fraction, deribit)).code() == "unit_suspect");
}

TEST_CASE("CCXT trap 17: a funding rate without its period is refused") {
    const std::string rate =
        R"({"symbol":"BTC/USDT:USDT","timestamp":1770306692535,"fundingRate":0.0001,"markPrice":67000)";
    CHECK(
        records("ccxt", rate + R"(,"interval":"8h"})") ==
        R"({"type":"ticker","symbol":"BTC/USDT:USDT","ts":1770306692535,"mark_price":67000,"funding_rate":1e-04,"funding_interval_hours":8})"
        "\n");
    CHECK(imported("ccxt", rate + R"(,"interval":null})").error().field == "interval");
}

TEST_CASE("OKX's option multiplier is in its market, and is used from there") {
    const std::string market =
        R"({"symbol":"BTC/USD:BTC-260206-60000-C","type":"option","base":"BTC","quote":"USD","settle":"BTC","contractSize":1,)"
        R"("expiry":1770364800000,"strike":60000,"optionType":"call","info":{"instId":"BTC-USD-260206-60000-C","ctMult":"0.01"}})"
        "\n";
    CHECK(
        records("ccxt", market) ==
        R"({"type":"instrument","symbol":"BTC/USD:BTC-260206-60000-C","kind":"option","underlying":"BTC","quote_asset":"USD","settle_asset":"BTC","expiry_ts":1770364800000,"strike_price":60000,"option_type":"call"})"
        "\n");
}

TEST_CASE("what is no unified structure is refused") {
    CHECK(
        imported("ccxt", R"({"id":"1","symbol":"BTC/USDT","amount":1,"price":2,"side":"buy","remaining":1})")
            .code() == "wrong_type");
    CHECK(imported("ccxt", R"({"symbol":"BTC/USDT","weather":"fine"})").code() == "wrong_type");
    CHECK(imported("ccxt", R"({"retCode":0,"result":{"list":[]}})").code() == "wrong_type");
    CHECK(imported("ccxt", "{}").code() == "wrong_type");
    CHECK(imported("ccxt", R"(["a"])").code() == "wrong_type");
    CHECK(imported(
              "ccxt",
              R"({"symbol":"BTC/USDT","timestamp":1770306692535,"price":"28 .21","amount":1,"side":"buy"})")
              .error()
              .field == "price");
}
