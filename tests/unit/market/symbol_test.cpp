#include "market/symbol.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::market;
using enum ContractKind;

namespace {

constexpr auto call = pricing::OptionType::call;
constexpr auto put = pricing::OptionType::put;

struct Case {
    std::string symbol;
    ContractKind kind;
    std::string underlying, quote, settle;
    std::string expiry{};  // a date; 08:00 is added
    double strike = 0.0;
    pricing::OptionType type = call;
};

void check(const Case& c) {
    INFO(c.symbol);
    const auto terms = parse_symbol(c.symbol);
    REQUIRE(terms);
    CHECK(terms->kind == c.kind);
    CHECK(terms->underlying == c.underlying);
    CHECK(terms->quote_asset == c.quote);
    CHECK(terms->settle_asset == c.settle);
    CHECK(terms->strike == c.strike);
    CHECK(terms->option_type == c.type);
    CHECK((terms->expiry ? to_rfc3339(*terms->expiry) : "") ==
          (c.expiry.empty() ? "" : c.expiry + "T08:00:00Z"));
    CHECK(terms->inverse() == (c.kind != spot && c.settle == c.underlying));
}

}  // namespace

TEST_CASE("Deribit symbols") {
    check({"BTC-PERPETUAL", perp, "BTC", "USD", "BTC"});
    check({"SOL_USDC-PERPETUAL", perp, "SOL", "USDC", "USDC"});
    check({"BTC_USDT-PERPETUAL", perp, "BTC", "USDT", "USDT"});
    check({"BTC-27DEC24", future, "BTC", "USD", "BTC", "2024-12-27"});
    check({"ETH-9JUN20", future, "ETH", "USD", "ETH", "2020-06-09"});
    check({"BTC_USDC-27DEC24", future, "BTC", "USDC", "USDC", "2024-12-27"});
    check({"BTC-27DEC24-100000-C", option, "BTC", "USD", "BTC", "2024-12-27", 100000.0, call});
    check({"BTC-9JUN20-9875-P", option, "BTC", "USD", "BTC", "2020-06-09", 9875.0, put});
    check({"XRP_USDC-30JUN23-0d625-C", option, "XRP", "USDC", "USDC", "2023-06-30", 0.625, call});
    check({"XRP_USDC-29FEB24-12d5-P", option, "XRP", "USDC", "USDC", "2024-02-29", 12.5, put});
}

TEST_CASE("every month has its number") {
    int month = 1;
    for (const std::string name :
         {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}) {
        const std::string number = (month < 10 ? "0" : "") + std::to_string(month);
        check({"BTC-5" + name + "26", future, "BTC", "USD", "BTC", "2026-" + number + "-05"});
        ++month;
    }
}

TEST_CASE("OKX symbols") {
    check({"BTC-USDT-SWAP", perp, "BTC", "USDT", "USDT"});
    check({"BTC-USD-SWAP", perp, "BTC", "USD", "BTC"});
    check({"ETH-USD-210430", future, "ETH", "USD", "ETH", "2021-04-30"});
    check({"BTC-USDT-241227", future, "BTC", "USDT", "USDT", "2024-12-27"});
    check({"BTC-USD-241227-100000-C", option, "BTC", "USD", "BTC", "2024-12-27", 100000.0, call});
}

TEST_CASE("Bybit symbols") {
    check({"BTCUSDT", perp, "BTC", "USDT", "USDT"});
    check({"BTCUSD", perp, "BTC", "USD", "BTC"});
    check({"BTCPERP", perp, "BTC", "USDC", "USDC"});
    check({"1000PEPEUSDT", perp, "1000PEPE", "USDT", "USDT"});
    check({"BTCUSDT-31DEC24", future, "BTC", "USDT", "USDT", "2024-12-31"});
    check({"BTCUSDZ23", future, "BTC", "USD", "BTC", "2023-12-29"});
    check({"ETHUSDH24", future, "ETH", "USD", "ETH", "2024-03-29"});
    check({"BTCUSDM25", future, "BTC", "USD", "BTC", "2025-06-27"});
    check({"BTC-26JAN24-39000-C", option, "BTC", "USD", "BTC", "2024-01-26", 39000.0, call});
    check({"BTC-26JAN24-39000-C-USDT", option, "BTC", "USDT", "USDT", "2024-01-26", 39000.0, call});
}

TEST_CASE("Binance symbols") {
    check({"BTCUSD_PERP", perp, "BTC", "USD", "BTC"});
    check({"BTCUSDT_241227", future, "BTC", "USDT", "USDT", "2024-12-27"});
    check({"BTCUSD_241227", future, "BTC", "USD", "BTC", "2024-12-27"});
    check({"BTC-231229-40000-C", option, "BTC", "USDT", "USDT", "2023-12-29", 40000.0, call});
    check({"DOGE-231229-0.085-P", option, "DOGE", "USDT", "USDT", "2023-12-29", 0.085, put});
    check({"USDCUSDT", perp, "USDC", "USDT", "USDT"});
}

TEST_CASE("Derive symbols") {
    check({"BTC-PERP", perp, "BTC", "USDC", "USDC"});
    check({"BTC-20241227-100000-C", option, "BTC", "USDC", "USDC", "2024-12-27", 100000.0, call});
}

TEST_CASE("CCXT symbols") {
    check({"BTC/USDT", spot, "BTC", "USDT", "BTC"});
    check({"BTC/USDT:USDT", perp, "BTC", "USDT", "USDT"});
    check({"BTC/USD:BTC", perp, "BTC", "USD", "BTC"});
    check({"BTC/USD:BTC-241227", future, "BTC", "USD", "BTC", "2024-12-27"});
    check({"BTC/USDT:USDT-241227", future, "BTC", "USDT", "USDT", "2024-12-27"});
    check({"BTC/USD:BTC-241227-100000-C", option, "BTC", "USD", "BTC", "2024-12-27", 100000.0, call});
    check({"XRP/USDC:USDC-230630-0.625-P", option, "XRP", "USDC", "USDC", "2023-06-30", 0.625, put});
}

TEST_CASE("what fits no grammar is refused, never guessed") {
    const std::string symbol = GENERATE(
        "", "-", "BTC", "BTC-", "-BTC", "BTC-PREP", "btc-perpetual", "BTC-perpetual", "BTC -PERPETUAL",
        "BTC/", "/USDT", "BTC/USDT:", "BTC/USDT:USDT-", "BTC/USDT:USDT-241327", "BTC/USD:BTC-241227-100000",
        "BTC/USD:BTC-241227-100000-X", "BTC/USD:BTC-241227-100000-C-D", "BTC-32DEC24", "BTC-30FEB24",
        "BTC-0JUN20", "BTC-27DCE24", "BTC-27dec24", "BTC-27DEC2024", "BTC-27DEC24-100000",
        "BTC-27DEC24-100000-X", "BTC-27DEC24-0-C", "BTC-27DEC24--5-C", "BTC-27DEC24-inf-C",
        "BTC-27DEC24-nan-C", "BTC-27DEC24-.5-C", "BTC-27DEC24-5.-C", "BTC-27DEC24-d5-C",
        "BTC-27DEC24-1d2d3-C", "BTC-27DEC24-1e5-C", "BTC-27DEC24-0x10-C", "BTC-27DEC24-100000-C-XYZ",
        "BTC_XYZ-PERPETUAL", "BTC-20241327-1-C", "BTC-00121227-1-C", "BTC-241227", "BTC-USD-SWAP-X",
        "BTCUSDA23", "USDT", "_PERP", "BTCUSD_", "BTCUSD_27DEC24", "BTCEUR-", "BTC\nUSDT");
    INFO(symbol);
    const auto terms = parse_symbol(symbol);
    REQUIRE_FALSE(terms);
    CHECK(terms.error().code == Errc::bad_symbol);
}
