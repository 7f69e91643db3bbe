#include "feed/deribit/chain.hpp"

#include "unit/feed/imported.hpp"

using namespace tidemark;
using namespace tidemark::feed;

namespace {

const std::string header =
    "ts,instrument,ccy,type,strike,expiry,bid,ask,mark,underlying_price,mark_iv,open_interest,volume_24h,"
    "index_price\n";
const std::string call =
    "2026-02-05T15:51:32.535650+00:00,BTC-6FEB26-60000-C,BTC,call,60000.0,2026-02-06T08:00:00+00:00,0.1,,0."
    "11,67858.5,"
    "1.8385,3.5,2.0,68000.0\n";
const std::string put =
    "2026-02-05T15:51:32.535650+00:00,BTC-6FEB26-60000-P,BTC,put,60000.0,2026-02-06T08:00:00+00:00,0.0,0.002,"
    "0.0019,"
    "67860.25,0,0,0,68010.0\n";
const std::string linear =
    "2026-02-05T15:51:32.535650+00:00,XRP_USDC-6FEB26-0d625-P,USDC,put,0.625,2026-02-06T08:00:00+00:00,,,0."
    "019,"
    "0.7,0.9,,,0.71\n";

const std::string call_ticker =
    R"({"type":"ticker","symbol":"BTC-6FEB26-60000-C","ts":1770306692535,"mark_price":0.11,"index_price":68000,"forward_price":67858.5,"bid_price":0.1,"price_unit":"coin","mark_vol":1.8385,"open_interest_qty":3.5,"volume_24h_value":136000})"
    "\n";
const std::string put_ticker =
    R"({"type":"ticker","symbol":"BTC-6FEB26-60000-P","ts":1770306692535,"mark_price":0.0019,"index_price":68010,"forward_price":67860.25,"ask_price":0.002,"price_unit":"coin","open_interest_qty":0,"volume_24h_value":0})"
    "\n";

std::string btc_price(std::string_view price) {
    return R"({"type":"price","asset":"BTC","ts":1770306692535,"price":)" + std::string{price} +
           R"(,"source":"deribit"})" + "\n";
}

/// The good call with one piece of its text changed.
std::string changed(std::string_view from, std::string_view to) {
    std::string row = call;
    return row.replace(row.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a chain gives the median index first, then a ticker a row; empty and 0 are absent") {
    CHECK(records("deribit-chain", header + call + put) == btc_price("68005") + call_ticker + put_ticker);
    CHECK(records("deribit-chain", header + put + call) == btc_price("68005") + put_ticker + call_ticker);
}

TEST_CASE("chain traps 14 and 20: linear options are quoted in their quote asset, with d for the point") {
    CHECK(
        records("deribit-chain", header + linear) ==
        R"({"type":"price","asset":"XRP","ts":1770306692535,"price":0.71,"source":"deribit"})"
        "\n"
        R"({"type":"ticker","symbol":"XRP_USDC-6FEB26-0d625-P","ts":1770306692535,"mark_price":0.019,"index_price":0.71,"forward_price":0.7,"mark_vol":0.9})"
        "\n");
}

TEST_CASE("columns go by name, in any order, and any that is not needed may be missing") {
    CHECK(
        records("deribit-chain", "mark,note,instrument,ts\n0.11,x,BTC-6FEB26-60000-C,1770306692535\n") ==
        R"({"type":"ticker","symbol":"BTC-6FEB26-60000-C","ts":1770306692535,"mark_price":0.11,"price_unit":"coin"})"
        "\n");
    const Imported without = imported("deribit-chain", "mark,ts\n0.11,1770306692535\n");
    CHECK(without.errors.at(0).field == "instrument");
    CHECK(without.errors.at(0).code == Errc::missing_field);
    CHECK(imported("deribit-chain", "ts,mark,instrument,mark\n").code() == "duplicate_key");
}

TEST_CASE("the price is the median of the newest time alone") {
    std::string newer = put;
    newer.replace(newer.find("15:51:32"), 8, "15:51:33");
    const std::string lines = records("deribit-chain", header + call + newer);
    CHECK(lines.starts_with(R"({"type":"price","asset":"BTC","ts":1770306693535,"price":68010,)"));
}

TEST_CASE("an instrument twice is a conflict, and the first stands") {
    const Imported all = imported("deribit-chain", header + call + changed("0.11", "0.12"));
    CHECK(all.code() == "conflict");
    CHECK(all.error().field == "instrument");
    CHECK(all.lines == btc_price("68000") + call_ticker);
}

TEST_CASE("chain trap 1 and others: a row that cannot be is refused, with its column and byte") {
    struct Case {
        std::string from, to, code, field;
        std::size_t offset;
    };
    const auto c = GENERATE(values<Case>({
        {"1.8385", "183.85", "unit_suspect", "mark_iv", 113},
        {"1.8385", "-0.5", "out_of_range", "mark_iv", 113},
        {"67858.5", "0", "out_of_range", "underlying_price", 105},
        {",0.11,", ",,", "missing_field", "mark", 100},
        {",0.11,", ",1 .1,", "wrong_type", "mark", 100},
        {"BTC-6FEB26-60000-C", "BTC-6FEB26-60000", "bad_symbol", "instrument", 33},
        {"call", "put", "conflict", "type", 56},
        {"60000.0", "61000.0", "conflict", "strike", 61},
        {"2026-02-06T08", "2026-02-06T09", "conflict", "expiry", 69},
        {"2026-02-05T15:51:32.535650+00:00", "2026-02-05 15:51:32", "bad_timestamp", "ts", 0},
        {",68000.0", "", "wrong_type", "", 0},
        {"0.1,,", "-0.1,,", "out_of_range", "bid", 95},
    }));
    INFO(c.to);
    const Imported all = imported("deribit-chain", header + changed(c.from, c.to) + put);
    CHECK(all.code() == c.code);
    CHECK(all.error().field == c.field);
    CHECK(all.error().offset == c.offset);
    CHECK(all.lines == btc_price("68010") + put_ticker);
}

TEST_CASE("a chain without a row gives nothing") {
    CHECK(records("deribit-chain", header).empty());
}
