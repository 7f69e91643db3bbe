#include "feed/csv/csv.hpp"

#include "unit/feed/imported.hpp"

using namespace tidemark;
using namespace tidemark::feed;

namespace {

Options mapped(std::string map, std::string symbol = "BTCUSDT",
               std::optional<std::int64_t> interval_ms = 3'600'000) {
    Options options = with_symbol(std::move(symbol));
    options.map = std::move(map);
    options.interval_ms = interval_ms;
    return options;
}

const std::string candle =
    R"({"type":"candle","symbol":"BTCUSDT","ts":1704067200000,"interval_ms":3600000,"open":10,"high":12,"low":9,"close":11})"
    "\n";
const std::string ohlc = "ts=time,open=o,high=h,low=l,close=c";

std::string usage(std::string map) {
    const auto refused = make("csv", mapped(std::move(map)));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::usage);
    return refused.error().message;
}

}  // namespace

TEST_CASE("columns are found by name in any order, or by number without a header") {
    CHECK(records("csv", "c,l,h,o,note,time\n11,9,12,10,x,1704067200\n", mapped(ohlc)) == candle);
    CHECK(records("csv", "1704067200000000,10,12,9,11\n", mapped("ts=#1,open=#2,high=#3,low=#4,close=#5")) ==
          candle);
    CHECK(records("csv", "time,o,h,l,c\n2024-01-01,10,12,9,11\ntime,o,h,l,c\n", mapped(ohlc)) == candle);
    CHECK(records("csv", "\"time\",\"o\",h,l,c\n\"2024-01-01T00:00:00Z\",\"10\",12,9,11\n", mapped(ohlc)) ==
          candle);
}

TEST_CASE("any flat record can be mapped, with words in any case, fixed values and empty cells") {
    CHECK(records("csv", "ts_ms,taker_side,price,qty\n1704067200000,BUY,42000.5,0.1\n",
                  mapped("type=trade,ts=ts_ms,side=taker_side,price=price,qty=qty")) ==
          R"({"type":"trade","symbol":"BTCUSDT","ts":1704067200000,"price":42000.5,"qty":0.1,"side":"buy"})"
          "\n");
    CHECK(records("csv", "day,usd\n2024-01-01,42000\n", mapped("type=price,ts=day,price=usd,asset='BTC'")) ==
          R"({"type":"price","asset":"BTC","ts":1704067200000,"price":42000})"
          "\n");
    CHECK(
        records("csv", "t,s,m,iv\n1704067200000,BTC-27DEC24-100000-C,0.1,\n",
                mapped("type=ticker,ts=t,symbol=s,mark_price=m,mark_vol=iv,price_unit='coin'")) ==
        R"({"type":"ticker","symbol":"BTC-27DEC24-100000-C","ts":1704067200000,"mark_price":0.1,"price_unit":"coin"})"
        "\n");
}

TEST_CASE("a quoted value may go on over several lines") {
    const Options options = mapped("type=price,ts=t,price=p,asset=a");
    CHECK(
        records("csv",
                "note,t,p,a\n\"two\nlines, and \"\"quotes\"\"\",1704067200000,5,BTC\nx,1704067200000,6,ETH\n",
                options) == R"({"type":"price","asset":"BTC","ts":1704067200000,"price":5})"
                            "\n"
                            R"({"type":"price","asset":"ETH","ts":1704067200000,"price":6})"
                            "\n");
    CHECK(imported("csv", "note,t,p,a\n\"open,1704067200000,5,BTC\n", options).code() == "truncated");
}

TEST_CASE("a cell that the record cannot hold names its column and byte") {
    struct Case {
        std::string row, code, field;
        std::size_t offset;
    };
    const auto c = GENERATE(values<Case>({
        {"1704067200000,x,12,9,11", "wrong_type", "o", 14},
        {"1704067200000,10,12,9,", "missing_field", "c", 22},
        {"1704067200000,10,12,-9,11", "out_of_range", "l", 20},
        {"yesterday,10,12,9,11", "bad_timestamp", "time", 0},
        {"1704067200000,10,12,9", "wrong_type", "", 0},
        {"1704067200000,10,8,9,11", "out_of_range", "", 0},
        {"1704067200000,10,12,9,\xFF", "bad_utf8", "", 0},
    }));
    INFO(c.row);
    const Imported all =
        imported("csv", "time,o,h,l,c\n" + c.row + "\n1704067200000,10,12,9,11\n", mapped(ohlc));
    CHECK(all.code() == c.code);
    CHECK(all.error().field == c.field);
    CHECK(all.error().offset == c.offset);
    CHECK(all.lines == candle);
}

TEST_CASE("candles of each symbol are a series of their own") {
    const std::string rows =
        "time,s,o,h,l,c\n1704067200000,A,10,12,9,11\n1704067200000,B,10,12,9,11\n1704067200000,A,10,12,9,"
        "11\n";
    CHECK(imported("csv", rows, mapped(ohlc + ",symbol=s")).code() == "bad_series");
}

TEST_CASE("a column that is not there is named, and nothing is read without it") {
    CHECK(imported("csv", "time,o,h,l\n", mapped(ohlc)).error().field == "c");
    CHECK(imported("csv", "time,o,h,l,c\n1704067200000,10,12,9,11\n", mapped(ohlc, "BTCUSDT", std::nullopt))
              .error()
              .field == "interval_ms");
    CHECK(imported("csv", "time,o,h,l,c\n1704067200000,10,12,9,11\n", mapped(ohlc, "")).error().field ==
          "symbol");
}

TEST_CASE("a map that cannot be is refused before anything is read") {
    CHECK(usage("") == "want --map, such as ts=time,open=open,high=high,low=low,close=close");
    CHECK(usage("ts") == "want member=column, got 'ts'");
    CHECK(usage("ts=") == "want member=column, got 'ts='");
    CHECK(usage("ts=a,ts=b") == "want each member once, got 'ts' twice");
    CHECK(usage("ts=#0") == "want a column number from 1, got '#0'");
    CHECK(usage("ts=#x") == "want a column number from 1, got '#x'");
    CHECK(usage("closing=c") == "want a member of candle, got 'closing'");
    CHECK(usage("colse=c") == "want a member of candle, got 'colse' (nearest: close)");
    CHECK(usage("type=book,ts=a") ==
          "want a type of candle, trade, ticker, price, instrument or liquidity, got 'book'");
}
