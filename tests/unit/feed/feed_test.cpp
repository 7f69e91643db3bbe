#include "feed/feed.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace tidemark;
using namespace tidemark::feed;

TEST_CASE("every source has a name of its own and says what it reads") {
    std::set<std::string> seen;
    for (const Source& source : sources()) {
        CHECK(seen.insert(std::string{source.name}).second);
        CHECK_FALSE(source.summary.empty());
        CHECK_FALSE(source.reads.empty());
        CHECK(source.summary.back() != '.');
    }
    CHECK(names().size() == sources().size());
}

TEST_CASE("a source that there is not is refused, with those that there are") {
    const auto refused = make("bitmex", {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message ==
          "want one of deribit-chain, deribit, binance-kline, ccxt, csv, got 'bitmex'");
}

TEST_CASE("every source takes any bytes without harm, and an empty input without a word") {
    Options options;
    options.symbol = "BTCUSDT";
    options.map = "ts=#1,open=#2,high=#3,low=#4,close=#5";
    for (const Source& source : sources()) {
        INFO(std::string{source.name});
        const auto importer = make(source.name, options);
        REQUIRE(importer);
        Output out;
        for (const std::string text :
             {"", "\"", "{", "[[[", "\xFF\xFE", ",,,,", "\x1b[31m", "{\"result\":{\"bids\":[[]]}}"}) {
            std::string padded = text + std::string(64, '7');
            (*importer)->line(std::string_view{padded}.substr(0, text.size()), out);
        }
        (*importer)->finish(out);
        CHECK(out.lines.empty());
        CHECK_FALSE(out.errors.empty());
        const auto idle = make(source.name, options);
        Output nothing;
        (*idle)->finish(nothing);
        CHECK(nothing.lines.empty());
        CHECK(nothing.errors.empty());
    }
}
