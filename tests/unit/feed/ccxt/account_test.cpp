#include "unit/feed/imported.hpp"

using namespace tidemark;
using namespace tidemark::feed;

namespace {

Options account(std::string id = "main") {
    Options options;
    options.account_id = std::move(id);
    options.as_of = Timestamp{1770306692000};
    return options;
}

const std::string balance =
    R"({"info":{},"timestamp":1770306692535,"free":{"USDT":900,"BTC":0},"used":{"USDT":100,"BTC":0},)"
    R"("total":{"USDT":"1000.5","BTC":0},"USDT":{"free":900,"used":100,"total":1000.5}})"
    "\n";

std::string position(std::string_view rest) {
    return R"([{"symbol":"BTC/USDT:USDT","contractSize":0.01,"entryPrice":50000,"marginMode":"cross","timestamp":null,)" +
           std::string{rest} + "}]\n";
}

/// The account's line up to its collateral, which is the same in all of these.
std::string line(std::string_view rest) {
    return R"({"type":"account","account_id":"main","ts":1770306692535,)" + std::string{rest} + "}\n";
}

std::string line_of(std::string_view symbol, std::string_view qty, std::string_view entry) {
    return line(
        R"("margin_mode":"cross","collateral":[{"asset":"USDT","qty":1000.5}],"positions":[{"symbol":")" +
        std::string{symbol} + R"(","qty":)" + std::string{qty} + R"(,"entry_price":)" + std::string{entry} +
        "}]");
}

}  // namespace

TEST_CASE("CCXT trap 4: contracts times their size, and the sign is the side's") {
    const std::string as_short = line_of("BTC/USDT:USDT", "-0.03", "50000");
    CHECK(records("ccxt", balance + position(R"("contracts":3,"side":"short")"), account()) == as_short);
    CHECK(records("ccxt", position(R"("contracts":-3,"side":"short")") + balance, account()) == as_short);
    CHECK(records("ccxt", balance + position(R"("contracts":3,"side":"long")"), account()) ==
          line_of("BTC/USDT:USDT", "0.03", "50000"));
    CHECK(
        imported("ccxt", balance + position(R"("contracts":3,"side":null)"), account()).errors.at(0).field ==
        "[0].side");
}

TEST_CASE("CCXT traps 7 and 15: a liquidation price of nothing is none, and a flat row is no position") {
    const std::string none = GENERATE("0", "\"0\"", "\"\"", "null");
    CHECK(records("ccxt", balance + position(R"("contracts":3,"side":"long","liquidationPrice":)" + none),
                  account()) == line_of("BTC/USDT:USDT", "0.03", "50000"));
    CHECK(records("ccxt", balance + position(R"("contracts":0,"side":"")"), account()) ==
          line(R"("collateral":[{"asset":"USDT","qty":1000.5}])"));
}

TEST_CASE("an inverse position keeps its quote notional") {
    CHECK(
        records(
            "ccxt",
            balance +
                R"([{"symbol":"BTC/USD:BTC","contracts":4,"contractSize":100,"side":"short","entryPrice":50000}])",
            account()) == line_of("BTC/USD:BTC", "-0.008", "50000"));
}

TEST_CASE("CCXT trap 3: Deribit's position is read from its own row") {
    CHECK(
        records(
            "ccxt",
            balance +
                R"([{"symbol":"BTC/USD:BTC","contracts":-50000,"contractSize":10,"side":"short","entryPrice":60000,)"
                R"("info":{"instrument_name":"BTC-PERPETUAL","direction":"sell","size":-50000,"average_price":50000,)"
                R"("settlement_price":50000,"mark_price":62500,"floating_profit_loss":-0.2}}])",
            account()) == line_of("BTC/USD:BTC", "-1", "50000"));
}

TEST_CASE("CCXT trap 2: OKX's option contracts lack their multiplier") {
    const std::string okx =
        R"([{"symbol":"BTC/USD:BTC-260206-60000-C","contracts":3,"contractSize":1,"side":"long","entryPrice":0.1,)"
        R"("info":{"instId":"BTC-USD-260206-60000-C","instType":"OPTION"}}])"
        "\n";
    CHECK(imported("ccxt", balance + okx, account()).errors.at(0).code == Errc::unit_suspect);
    Options sized = account();
    sized.contract_size = 0.01;
    const std::string option =
        R"("margin_mode":"cross","collateral":[{"asset":"USDT","qty":1000.5}],"positions":[{"symbol":"BTC/USD:BTC-260206-60000-C","qty":0.03}])";
    CHECK(records("ccxt", balance + okx, sized) == line(option));
    const std::string market =
        R"({"symbol":"BTC/USD:BTC-260206-60000-C","type":"option","base":"BTC","quote":"USD","settle":"BTC","contractSize":1,)"
        R"("expiry":1770364800000,"strike":60000,"optionType":"call","info":{"ctMult":"0.01"}})"
        "\n";
    CHECK(records("ccxt", market + balance + okx, account()).ends_with(line(option)));
}

TEST_CASE("an isolated position has its own margin, in the quote asset") {
    CHECK(
        records(
            "ccxt",
            balance +
                R"([{"symbol":"BTC/USDT:USDT","contracts":3,"contractSize":0.01,"side":"long","entryPrice":50000,)"
                R"("marginMode":"isolated","collateral":150.5}])",
            account()) ==
        line(
            R"("margin_mode":"isolated","collateral":[{"asset":"USDT","qty":1000.5}],"positions":[{"symbol":"BTC/USDT:USDT","qty":0.03,"entry_price":50000,"isolated_margin":150.5}])"));
    CHECK(
        imported(
            "ccxt",
            balance +
                R"([{"symbol":"BTC/USDT:USDT","contracts":3,"contractSize":0.01,"side":"long","entryPrice":50000,)"
                R"("marginMode":"isolated","collateral":null}])",
            account())
            .errors.at(0)
            .field == "[0].collateral");
}

TEST_CASE("what is owed is taken off, and a total that is not known is not 0") {
    CHECK(
        records("ccxt",
                R"({"free":{},"total":{"USDT":1000,"ETH":1},"debt":{"USDT":250,"ETH":3}})"
                "\n[]",
                account()) ==
        R"({"type":"account","account_id":"main","ts":1770306692000,"collateral":[{"asset":"USDT","qty":750},{"asset":"ETH","qty":-2}]})"
        "\n");
    CHECK(imported("ccxt",
                   R"({"free":{"BTC":1},"total":{"BTC":null}})"
                   "\n[]",
                   account())
              .errors.at(0)
              .code == Errc::missing_field);
}

TEST_CASE("half of an account is none") {
    CHECK(imported("ccxt", balance, account()).error().field == "positions");
    CHECK(imported("ccxt", position(R"("contracts":3,"side":"long")"), account()).error().field ==
          "collateral");
    CHECK(imported("ccxt", balance + "[]").error().field == "account_id");
    Options undated = account();
    undated.as_of.reset();
    CHECK(imported("ccxt",
                   R"({"free":{},"total":{"USDT":1}})"
                   "\n[]",
                   undated)
              .error()
              .field == "ts");
    CHECK(
        imported("ccxt", position(R"("contracts":3,"side":"long","contractSize":null)") + balance, account())
            .errors.at(0)
            .code == Errc::duplicate_key);
}
