// What the door lets in. Every honest case here is a real one; every other is one of them with a slip.
#include "market/plausibility.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::market;

namespace {

constexpr Timestamp now{1'770'300'000'000};
constexpr std::string_view put_symbol = "BTC-27FEB26-60000-P";

struct Case {
    Quote quote;
    std::string_view symbol, field;  // empty where it is believed
};

Quote option(double mark, double vol, bool in_coin) {
    Quote quote;
    quote.ts = now;
    quote.mark_price = mark;
    quote.mark_vol = vol;
    quote.forward_price = 67'858.64;
    quote.in_coin = in_coin;
    return quote;
}

Quote pair(double bid, double ask) {
    Quote quote;
    quote.ts = now;
    quote.bid_price = bid;
    quote.ask_price = ask;
    quote.mark_price = 100.0;
    return quote;
}

void check(const Case& c) {
    INFO(c.symbol << " want " << c.field);
    Market market;
    const Status put = market.put_quote(c.symbol, c.quote);
    CHECK(static_cast<bool>(put) == c.field.empty());
    if (!put) {
        CHECK(put.error().code == Errc::unit_suspect);
        CHECK(put.error().field == c.field);
        CHECK_FALSE(market.instrument(*market.find_instrument(c.symbol)).quote);
    }
    Market vouched;
    vouched.accept_suspect();
    CHECK(vouched.put_quote(c.symbol, c.quote));
}

}  // namespace

TEST_CASE("an option's mark is held against its own volatility and forward") {
    check({option(0.0204, 0.6, true), put_symbol, ""});
    check({option(0.0204, 0.6, false), put_symbol, "mark_price"});
    check({option(1'385.0, 0.6, true), put_symbol, "mark_price"});
    check({option(1'385.0, 0.6, false), put_symbol, ""});
    // Worth a fraction of a tick, marked at one or at none.
    check({option(0.0001, 0.6, true), "BTC-27FEB26-140000-C", ""});
    check({option(0.0, 0.6, true), "BTC-27FEB26-140000-C", ""});
    check({option(0.05, 0.6, true), "BTC-27FEB26-140000-C", "mark_price"});
    Quote settling = option(0.0204, 0.6, false);
    settling.ts = parse_rfc3339("2026-02-27T07:00:00Z").value();
    check({settling, "BTC-27FEB26-90000-P", ""});
    settling.ts.ms -= 1;
    check({settling, "BTC-27FEB26-90000-P", "mark_price"});
    // It says nothing of itself.
    Quote bare;
    bare.ts = now;
    bare.mark_price = 0.0204;
    check({bare, put_symbol, ""});
}

TEST_CASE("a quoted spread is one of an instrument") {
    check({pair(99.9, 100.1), "BTC-PERPETUAL", ""});
    check({pair(81.0, 119.0), "BTC-PERPETUAL", ""});
    check({pair(79.0, 121.0), "BTC-PERPETUAL", "ask_price"});
    check({pair(0.0, 100.1), "BTC-PERPETUAL", ""});   // nobody bids
    check({pair(100.1, 99.9), "BTC-PERPETUAL", ""});  // crossed
    check({pair(0.001, 0.02), put_symbol, ""});       // options are as wide as they please
}

TEST_CASE("what counts at par is near it, and one refused price leaves a doubt") {
    Market market;
    REQUIRE(market.know_money("USDC"));
    const AssetId usdc = *market.find_asset("USDC");
    CHECK(market.put_price("USDC", {now, 0.87, 0.001, ""}));
    CHECK_FALSE(market.asset(usdc).doubted);
    const Timestamp later{now.ms + 1000};
    const Status refused = market.put_price("USDC", {later, 0.01, 0.0, ""});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().field == "price");
    CHECK(market.asset(usdc).price->price == 0.87);
    CHECK(market.asset(usdc).doubted == later);
    CHECK_FALSE(market.put_price("USDC", {later, 100.0, 0.0, ""}));
    // What nobody holds at par may cost anything.
    CHECK(market.put_price("LUNA", {now, 0.0001, 0.0, ""}));
    CHECK_FALSE(market.put_price("LUNA", {later, 0.0001, 0.02, ""}));
}

TEST_CASE("a volatility far below its anchor is believed only where it was measured") {
    VolState vol;
    vol.base_annual_vol = 0.6;
    vol.annual_vol = 0.061;
    CHECK(plausible_vol(vol, std::nullopt));
    vol.annual_vol = 0.03;
    CHECK_FALSE(plausible_vol(vol, std::nullopt));
    CHECK(plausible_vol(vol, 0.03));
    CHECK_FALSE(plausible_vol(vol, 0.5));
}

TEST_CASE("funding is a fraction") {
    CHECK(plausible_funding(std::nullopt));
    CHECK(plausible_funding(-0.04));
    CHECK_FALSE(plausible_funding(0.5));
}

TEST_CASE("a quote that waited for its terms is judged by them") {
    Market market;
    REQUIRE(market.put_quote("house", option(0.0204, 0.6, false)));
    Terms terms;
    terms.kind = ContractKind::option;
    terms.underlying = "BTC";
    terms.quote_asset = "USD";
    terms.settle_asset = "BTC";
    terms.strike = 60'000;
    terms.option_type = pricing::OptionType::put;
    terms.expiry = Timestamp{1'772'179'200'000};
    CHECK_FALSE(market.put_terms("house", terms, now));
    CHECK(market.waiting().empty());
}
