#include "feed/deribit/messages.hpp"

#include "unit/feed/imported.hpp"

using namespace tidemark;
using namespace tidemark::feed;

namespace {

std::string answer(std::string_view result) {
    return R"({"jsonrpc":"2.0","id":1,"usIn":1770306692535000,"usOut":1770306692535650,"usDiff":650,"result":)" +
           std::string{result} + "}\n";
}

const std::string option_ticker =
    R"({"instrument_name":"BTC-6FEB26-60000-C","timestamp":1770306692535,"mark_price":0.11,"index_price":68000,)"
    R"("underlying_price":67858.5,"underlying_index":"BTC-6FEB26","best_bid_price":0,"best_ask_price":0.12,)"
    R"("mark_iv":61.25,"bid_iv":0.0,"ask_iv":115.62,"open_interest":3.5,"stats":{"volume":2,"price_change":null}})";
const std::string option_line =
    R"({"type":"ticker","symbol":"BTC-6FEB26-60000-C","ts":1770306692535,"mark_price":0.11,"index_price":68000,"forward_price":67858.5,"ask_price":0.12,"price_unit":"coin","mark_vol":0.6125,"ask_vol":1.1562,"open_interest_qty":3.5,"volume_24h_value":136000})"
    "\n";

}  // namespace

TEST_CASE("Deribit trap 1: volatilities in per cent become fractions, and 0 is none") {
    CHECK(records("deribit", answer(option_ticker)) == option_line);
    std::string fraction = option_ticker;
    fraction.replace(fraction.find("61.25"), 5, "0.6125");
    const Imported refused = imported("deribit", answer(fraction));
    CHECK(refused.code() == "unit_suspect");
    CHECK(refused.error().field == "result.mark_iv");
    CHECK(refused.lines.empty());
}

TEST_CASE("an envelope, a message, a bare answer, an array of them, or pretty-printed: all are read") {
    const std::string message =
        R"({"jsonrpc":"2.0","method":"subscription","params":{"channel":"ticker.X.raw","data":)" +
        option_ticker + "}}";
    CHECK(records("deribit", message) == option_line);
    CHECK(records("deribit", option_ticker) == option_line);
    CHECK(records("deribit", "[" + message + "," + option_ticker + "]") == option_line + option_line);
    std::string pretty;
    for (const char c : answer(option_ticker)) {
        pretty += c;
        if (c == '{' || c == ',') pretty += "\n  ";
    }
    CHECK(records("deribit", pretty + message) == option_line + option_line);
}

TEST_CASE("acknowledgements and heartbeats carry no data") {
    CHECK(records("deribit",
                  "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":[\"ticker.X.raw\",\"trades.X.raw\"]}\n"
                  "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}\n"
                  "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"ok\"}\n")
              .empty());
}

TEST_CASE("a book summary of a perpetual: open interest in USD becomes base units") {
    CHECK(
        records(
            "deribit",
            answer(
                R"([{"instrument_name":"BTC-PERPETUAL","creation_timestamp":1770306692535,"mark_price":50000,)"
                R"("bid_price":49999.5,"ask_price":50000.5,"open_interest":1000000,"volume":40,)"
                R"("volume_usd":2000000,"funding_8h":0.0001,"current_funding":0.0002,"last":50000}])")) ==
        R"({"type":"ticker","symbol":"BTC-PERPETUAL","ts":1770306692535,"mark_price":50000,"bid_price":49999.5,"ask_price":50000.5,"open_interest_qty":20,"volume_24h_value":2e+06,"funding_rate":1e-04,"funding_interval_hours":8})"
        "\n");
    CHECK(
        records("deribit",
                answer(R"([{"instrument_name":"SOL_USDC-PERPETUAL","creation_timestamp":1770306692535,)"
                       R"("mark_price":100,"open_interest":5000,"volume_notional":700}])")) ==
        R"({"type":"ticker","symbol":"SOL_USDC-PERPETUAL","ts":1770306692535,"mark_price":100,"open_interest_qty":5000,"volume_24h_value":700})"
        "\n");
}

TEST_CASE(
    "Deribit trap 3: book amounts of inverse futures are USD, of options coins, and prices become quote") {
    const std::string perp =
        R"({"instrument_name":"BTC-PERPETUAL","timestamp":1770306692535,"type":"snapshot",)";
    const std::string line =
        R"({"type":"book","symbol":"BTC-PERPETUAL","ts":1770306692535,"bids":[[50000,2],[40000,1]],"asks":[[50010,0.001]]})"
        "\n";
    CHECK(records(
              "deribit",
              perp + R"("bids":[["new",50000,100000],["new",40000,40000]],"asks":[["new",50010,50.01]]})") ==
          line);
    CHECK(records("deribit", perp + R"("bids":[[50000,100000],[40000,40000]],"asks":[[50010,50.01]]})") ==
          line);
    CHECK(
        records(
            "deribit",
            answer(R"({"instrument_name":"BTC-6FEB26-60000-C","timestamp":1770306692535,"index_price":64000,)"
                   R"("mark_price":0.5,"bids":[[0.25,3]],"asks":[]})")) ==
        R"({"type":"book","symbol":"BTC-6FEB26-60000-C","ts":1770306692535,"bids":[[16000,3]]})"
        "\n"
        R"({"type":"ticker","symbol":"BTC-6FEB26-60000-C","ts":1770306692535,"mark_price":0.5,"index_price":64000,"price_unit":"coin"})"
        "\n");
    CHECK(
        imported(
            "deribit",
            R"({"type":"change","instrument_name":"BTC-PERPETUAL","timestamp":1770306692535,"bids":[],"asks":[]})")
            .code() == "bad_series");
}

TEST_CASE("trades of inverse futures are USD too") {
    CHECK(
        records(
            "deribit",
            answer(
                R"({"trades":[{"trade_id":"1","instrument_name":"BTC-PERPETUAL","timestamp":1770306692535,)"
                R"("price":50000,"amount":100,"direction":"sell"}],"has_more":false})")) ==
        R"({"type":"trade","symbol":"BTC-PERPETUAL","ts":1770306692535,"price":50000,"qty":0.002,"side":"sell"})"
        "\n");
}

TEST_CASE("instruments: the perpetual has no expiry, the coin-quoted option's strike is in USD, combos go") {
    CHECK(
        records(
            "deribit",
            answer(
                R"([{"kind":"future","instrument_name":"BTC-PERPETUAL","settlement_period":"perpetual","base_currency":"BTC",)"
                R"("quote_currency":"USD","counter_currency":"USD","settlement_currency":"BTC","contract_size":10,)"
                R"("expiration_timestamp":32503708800000},)"
                R"({"kind":"option","instrument_name":"BTC-6FEB26-60000-P","settlement_period":"day","base_currency":"BTC",)"
                R"("quote_currency":"BTC","counter_currency":"USD","settlement_currency":"BTC","contract_size":1,)"
                R"("expiration_timestamp":1770364800000,"strike":60000,"option_type":"put"},)"
                R"({"kind":"spot","instrument_name":"BTC_USDC","base_currency":"BTC","quote_currency":"USDC",)"
                R"("counter_currency":"USDC","contract_size":0.0001},)"
                R"({"kind":"option_combo","instrument_name":"BTC-CS-6FEB26-60000_62000","contract_size":0.1}])")) ==
        R"({"type":"instrument","symbol":"BTC-PERPETUAL","kind":"perp","underlying":"BTC","quote_asset":"USD","settle_asset":"BTC","contract_size":10,"ts":1770306692535})"
        "\n"
        R"({"type":"instrument","symbol":"BTC-6FEB26-60000-P","kind":"option","underlying":"BTC","quote_asset":"USD","settle_asset":"BTC","expiry_ts":1770364800000,"strike_price":60000,"option_type":"put","ts":1770306692535})"
        "\n"
        R"({"type":"instrument","symbol":"BTC_USDC","kind":"spot","underlying":"BTC","quote_asset":"USDC","settle_asset":"BTC","contract_size":1e-04,"ts":1770306692535})"
        "\n");
}

TEST_CASE("chart data gives candles; its status must be ok") {
    const std::string chart =
        R"({"ticks":[1704067200000,1704070800000],"open":[10,11],"high":[12,12],"low":[9,10],"close":[11,11],"volume":[5,0],"cost":[50,0],"status":"ok"})";
    CHECK(
        records("deribit", answer(chart), with_symbol("BTC-PERPETUAL")) ==
        R"({"type":"candle","symbol":"BTC-PERPETUAL","ts":1704067200000,"interval_ms":3600000,"open":10,"high":12,"low":9,"close":11,"volume":5})"
        "\n"
        R"({"type":"candle","symbol":"BTC-PERPETUAL","ts":1704070800000,"interval_ms":3600000,"open":11,"high":12,"low":10,"close":11,"volume":0})"
        "\n");
    CHECK(imported("deribit", answer(chart)).code() == "missing_field");
    std::string none = chart;
    none.replace(none.find("\"ok\""), 4, "\"no_data\"");
    CHECK(imported("deribit", answer(none), with_symbol("X")).error().field == "result.status");
    std::string ragged = chart;
    ragged.replace(ragged.find("[12,12]"), 7, "[12]");
    CHECK(imported("deribit", answer(ragged), with_symbol("X")).code() == "wrong_type");
}

TEST_CASE("what Deribit's JSON cannot mean is refused, and the rest of the document read") {
    const Imported rows = imported(
        "deribit",
        answer("[" + option_ticker +
               R"(,{"instrument_name":"NO-SUCH","creation_timestamp":1770306692535,"mark_price":1},7])"));
    CHECK(rows.lines == option_line);
    REQUIRE(rows.errors.size() == 2);
    CHECK(rows.errors[0].code == Errc::bad_symbol);
    CHECK(rows.errors[0].field == "result[1].instrument_name");
    CHECK(rows.errors[1].field == "result[2]");
    CHECK(imported("deribit", R"({"jsonrpc":"2.0","error":{"code":10009,"message":"not_enough_funds"}})")
              .error()
              .message == "want an answer, got the venue's error 'not_enough_funds'");
    CHECK(imported("deribit", R"({"balance_of_power":1})").code() == "wrong_type");
    CHECK(imported("deribit", "{\"result\":[\n").code() == "truncated");
    CHECK(imported("deribit", "<html>\n").code() == "malformed_json");
    CHECK(
        imported(
            "deribit",
            R"({"trade_id":"1","instrument_name":"BTC-PERPETUAL","timestamp":1770306692535,"price":0,"amount":1,"direction":"buy"})")
            .code() == "out_of_range");
}
