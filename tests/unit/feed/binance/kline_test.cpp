#include "feed/binance/kline.hpp"

#include "unit/feed/imported.hpp"

using namespace tidemark;
using namespace tidemark::feed;

namespace {

std::string candle(std::int64_t ts,
                   std::string_view rest = R"("open":10,"high":12,"low":9,"close":11,"volume":5)") {
    return R"({"type":"candle","symbol":"BTCUSDT","ts":)" + std::to_string(ts) +
           R"(,"interval_ms":3600000,)" + std::string{rest} + "}\n";
}

constexpr std::int64_t first = 1704067200000, second = first + 3'600'000;
const std::string two = candle(first) + candle(second);
const Options btc = with_symbol("BTCUSDT");

}  // namespace

TEST_CASE("kline trap 11: a header may be there or not, in either naming, or again in the middle") {
    const std::string a = "1704067200000,10,12,9,11,5,1704070799999,55,7,2,22,0\n";
    const std::string b = "1704070800000,10,12,9,11,5,1704074399999,55,7,2,22,0\n";
    const std::string header =
        "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_"
        "volume,"
        "ignore\n";
    CHECK(records("binance-kline", a + b, btc) == two);
    CHECK(records("binance-kline", header + a + b, btc) == two);
    CHECK(records("binance-kline", header + a + header + b, btc) == two);
    CHECK(records("binance-kline",
                  "open_time_ms,open_time,open,high,low,close,volume\n"
                  "1704067200000,2024-01-01T00:00:00Z,10,12,9,11,5\n1704070800000,2024-01-01T01:00:00Z,10,12,"
                  "9,11,5\n",
                  btc) == two);
    CHECK(
        records(
            "binance-kline",
            "volume,close,low,high,open,open_time\n5,11,9,12,10,1704067200000\n5,11,9,12,10,1704070800000\n",
            btc) == two);
    CHECK(records("binance-kline", "1704067200000,10,12,9,11,5\n1704070800000,10,12,9,11,5\n", btc) == two);
}

TEST_CASE("kline trap 10: times change from ms to us inside one history") {
    CHECK(
        records("binance-kline",
                "1704067200000,10,12,9,11,5,1704070799999\n1704070800000000,10,12,9,11,5,1704074399999999\n",
                btc) == two);
}

TEST_CASE("kline trap 8: newest first, twice, or nearer than the interval is refused") {
    const std::string a = "1704067200000,10,12,9,11,5\n", b = "1704070800000,10,12,9,11,5\n";
    for (const std::string& text : {a + b + a, a + b + b, a + b + "1704072600000,10,12,9,11,5\n"}) {
        const Imported all = imported("binance-kline", text, btc);
        CHECK(all.lines == two);
        CHECK(all.code() == "bad_series");
        CHECK(all.error().field == "ts");
    }
    CHECK(imported("binance-kline", b + a, btc).errors.at(0).message ==
          "want rows in the order of time, each once; got 2024-01-01T00:00:00Z after 2024-01-01T01:00:00Z "
          "(tac turns "
          "newest first round)");
}

TEST_CASE("kline trap 9: a candle that was not finished when it was fetched is left out") {
    Options options = btc;
    options.as_of = Timestamp{second + 1'800'000};
    const std::string text =
        "1704067200000,10,12,9,11,5,1704070799999\n1704070800000,10,12,9,11,5,1704074399999\n";
    CHECK(records("binance-kline", text, options) == candle(first));
    options.as_of = Timestamp{second + 3'600'000};
    CHECK(records("binance-kline", text, options) == two);
}

TEST_CASE("of an inverse contract column 6 counts contracts, and column 8 is the base volume") {
    CHECK(
        records("binance-kline", "1704067200000,10,12,9,11,500,1704070799999,0.75,7,2,22,0\n",
                with_symbol("BTCUSD_PERP")) ==
        R"({"type":"candle","symbol":"BTCUSD_PERP","ts":1704067200000,"interval_ms":3600000,"open":10,"high":12,"low":9,"close":11,"volume":0.75})"
        "\n");
}

TEST_CASE("the interval is the option's, the close time's, or the first two rows'") {
    Options hourly = btc;
    hourly.interval_ms = 3'600'000;
    const std::string one = "1704067200000,10,12,9,11,5\n";
    CHECK(records("binance-kline", one, hourly) == candle(first));
    CHECK(records("binance-kline", "1704067200000,10,12,9,11,5,1704070799999\n", btc) == candle(first));
    CHECK(imported("binance-kline", one, btc).code() == "not_enough_data");
    CHECK(imported("binance-kline", one + "1704067200007,10,12,9,11,5\n", btc).errors.at(0).code ==
          Errc::bad_series);
    CHECK(imported("binance-kline", "1704067200000,10,12,9,11,5,1704067259999\n", hourly).code() ==
          "bad_series");
    CHECK(records("binance-kline", "1704067200000,10,12,9,11,5\n1704078000000,10,12,9,11,5\n", hourly) ==
          candle(first) + candle(first + 3 * 3'600'000));
}

TEST_CASE("a row that cannot be read names its column and byte, and the next is read") {
    struct Case {
        std::string row, code, field;
        std::size_t offset;
    };
    const auto c = GENERATE(values<Case>({
        {"1704067200000,x,12,9,11,5", "wrong_type", "open", 14},
        {"1704067200000,10,12,9,,5", "missing_field", "close", 22},
        {"1704067200000,10,12,0,11,5", "out_of_range", "low", 20},
        {"1704067200000,10,8,9,11,5", "out_of_range", "", 0},
        {"1704067200000,10,12,9,11,-5", "out_of_range", "volume", 25},
        {"1704067200000,10,12,9,11,28 .21", "wrong_type", "volume", 25},
        {"1704067200000,10,12,9,11,1e400", "wrong_type", "volume", 25},
        {"17040672,10,12,9,11,5", "bad_timestamp", "open_time_ms", 0},
        {"1704067200000,10,12,9,11", "wrong_type", "", 0},
        {"1704067200000,10,12,9,11,5,1,1,1,1,1,1,1", "wrong_type", "", 0},
        {"garbage", "missing_field", "open_time_ms", 0},
        {"1704067200000,\"10,12,9,11,5", "truncated", "", 14},
    }));
    INFO(c.row);
    Options hourly = btc;
    hourly.interval_ms = 3'600'000;
    const std::string good = "1704070800000,10,12,9,11,5\n";
    const Imported all = imported("binance-kline", c.row + "\n" + good, hourly);
    CHECK(all.code() == c.code);
    CHECK(all.error().field == c.field);
    CHECK(all.error().offset == c.offset);
    CHECK(all.lines == candle(second));
}

TEST_CASE("without a symbol there is no kline") {
    const auto refused = make("binance-kline", {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::usage);
    CHECK_FALSE(make("binance-kline", with_symbol("BTC\nUSDT")));
    CHECK_FALSE(make("binance-kline", with_symbol("\xFF")));
}
