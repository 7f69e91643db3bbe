#include "market/shocked_quote.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "market/valuation.hpp"

using namespace tidemark;
using namespace tidemark::market;
using Catch::Matchers::WithinRel;

namespace {

constexpr Timestamp now{1'767'225'600'000};  // 2026-01-01T00:00:00Z

Quote perp() {
    Quote quote;
    quote.ts = now;
    quote.mark_price = 100'010.0;
    quote.index_price = 100'000.0;
    quote.bid_price = 100'000.0;
    quote.ask_price = 100'020.0;
    return quote;
}

/// A 30-day option whose prices are Black-76 values at 60 % (mark), 58 % (bid) and 62 % (ask).
Quote option(const Terms& terms, bool in_coin, double forward = 100'000.0) {
    Quote quote;
    quote.ts = Timestamp{terms.expiry->ms - 30 * ms_per_day};
    quote.index_price = forward - 100.0;
    quote.forward_price = forward;
    quote.in_coin = in_coin;
    const auto price = [&](double vol) {
        return pricing::black76_value(forward, terms.strike, vol * std::sqrt(30.0 / 365.0),
                                      terms.option_type) /
               (in_coin ? forward : 1.0);
    };
    quote.mark_price = price(0.60);
    quote.bid_price = price(0.58);
    quote.ask_price = price(0.62);
    quote.mark_vol = 0.60;
    quote.bid_vol = 0.58;
    quote.ask_vol = 0.62;
    return quote;
}

double value(const Terms& terms, double forward, double vol) {
    return pricing::black76_value(forward, terms.strike, vol * std::sqrt(30.0 / 365.0), terms.option_type);
}

Quote after(const Quote& quote, std::string_view symbol, const QuoteShock& by) {
    const auto terms = parse_symbol(symbol).value();
    auto shocked_quote = shocked(quote, terms, by, symbol);
    if (!shocked_quote) FAIL(shocked_quote.error().message);
    return *shocked_quote;
}

constexpr const char* put = "BTC_USDC-30JAN26-90000-P";
constexpr const char* coin_call = "BTC-30JAN26-110000-C";

}  // namespace

TEST_CASE("every price of what is no option is multiplied") {
    const Quote moved = after(perp(), GENERATE("BTC_USDC-PERPETUAL", "BTC-PERPETUAL"), {.price_factor = 0.8});
    CHECK(*moved.mark_price == 100'010.0 * 0.8);
    CHECK(*moved.index_price == 80'000.0);
    CHECK(*moved.bid_price == 80'000.0);
    CHECK(*moved.ask_price == 100'020.0 * 0.8);
    CHECK(moved.ts == now);
}

TEST_CASE("no shock gives the quote to the bit") {
    CHECK(after(perp(), "BTC-PERPETUAL", {}) == perp());
    for (const char* symbol : {put, coin_call}) {
        const Terms terms = parse_symbol(symbol).value();
        const Quote quote = option(terms, symbol == coin_call);
        CHECK(after(quote, symbol, {}) == quote);
    }
}

TEST_CASE("an option is repriced in full at its volatilities after the shock") {
    const char* symbol = GENERATE(put, coin_call);
    const bool in_coin = symbol == coin_call;
    const Terms terms = parse_symbol(symbol).value();
    const QuoteShock by{.price_factor = 0.8, .vol = {1.25, 0.0}};
    const Quote moved = after(option(terms, in_coin), symbol, by);
    const double unit = in_coin ? 80'000.0 : 1.0;
    CHECK(*moved.forward_price == 80'000.0);
    CHECK(*moved.mark_vol == 0.75);
    CHECK_THAT(*moved.bid_vol, WithinRel(0.725, 1e-15));
    CHECK_THAT(*moved.ask_vol, WithinRel(0.775, 1e-15));
    // The identity is exact; 1e-9 is what differences of values of 100,000 leave.
    CHECK_THAT(*moved.mark_price * unit, WithinRel(value(terms, 80'000.0, 0.75), 1e-9));
    CHECK_THAT(*moved.bid_price * unit, WithinRel(value(terms, 80'000.0, 0.725), 1e-9));
    CHECK_THAT(*moved.ask_price * unit, WithinRel(value(terms, 80'000.0, 0.775), 1e-9));
}

TEST_CASE("points of volatility are added") {
    const Terms terms = parse_symbol(put).value();
    const Quote moved = after(option(terms, false), put, {.vol = {1.0, 0.1}});
    CHECK_THAT(*moved.mark_vol, WithinRel(0.7, 1e-15));
    CHECK_THAT(*moved.mark_price, WithinRel(value(terms, 100'000.0, 0.7), 1e-9));
}

TEST_CASE("a mark off its model moves as unit_value says") {
    const char* symbol = GENERATE(put, coin_call);
    const Terms terms = parse_symbol(symbol).value();
    Quote quote = option(terms, symbol == coin_call);
    *quote.mark_price *= 1.05;
    Market before, then;
    then.accept_suspect();  // what is kept of the mark outgrows an option whose price has fallen far
    REQUIRE(before.put_price("BTC", {quote.ts, 99'900.0, 0.0, ""}));
    REQUIRE(before.put_quote(symbol, quote));
    const double factor = GENERATE(0.7, 0.95, 1.2);
    REQUIRE(then.put_price("BTC", {quote.ts, 99'900.0 * factor, 0.0, ""}));
    REQUIRE(then.put_quote(symbol, after(quote, symbol, {.price_factor = factor})));
    View view;
    view.par_assets = {"USD", "USDC"};
    const Priced priced = Valuation{before, view}.instrument(0).value();
    const Priced shocked_priced = Valuation{then, view}.instrument(0).value();
    CHECK_THAT(unit_value(shocked_priced, 0.0, 1.0), WithinRel(unit_value(priced, 0.0, factor), 1e-9));
}

TEST_CASE("an option whose mark states no volatility moves at the one that its price has") {
    const Terms terms = parse_symbol(put).value();
    Quote quote = option(terms, false);
    quote.mark_vol.reset();
    const Quote moved = after(quote, put, {.price_factor = 0.9, .vol = {1.5, 0.0}});
    CHECK_FALSE(moved.mark_vol);
    CHECK_THAT(*moved.mark_price, WithinRel(value(terms, 90'000.0, 0.9), 1e-9));
}

TEST_CASE("half and then double is where it was") {
    const char* symbol = GENERATE(put, coin_call);
    const Terms terms = parse_symbol(symbol).value();
    const Quote quote = option(terms, symbol == coin_call);
    const Quote back = after(after(quote, symbol, {.price_factor = 0.5}), symbol, {.price_factor = 2.0});
    CHECK(back.index_price == quote.index_price);
    CHECK(back.forward_price == quote.forward_price);
    CHECK(back.mark_vol == quote.mark_vol);
    CHECK_THAT(*back.mark_price, WithinRel(*quote.mark_price, 1e-9));
    CHECK_THAT(*back.bid_price, WithinRel(*quote.bid_price, 1e-9));
    CHECK_THAT(*back.ask_price, WithinRel(*quote.ask_price, 1e-9));
}

TEST_CASE("a bid below intrinsic value goes with the mark, and one of 0 stays") {
    const Terms terms = parse_symbol("BTC_USDC-30JAN26-60000-C").value();
    Quote quote = option(terms, false);
    quote.bid_price = 39'000.0;
    quote.ask_price = 0.0;
    quote.bid_vol.reset();
    const Quote moved = after(quote, "BTC_USDC-30JAN26-60000-C", {.price_factor = 0.9});
    CHECK_THAT(*moved.bid_price / *moved.mark_price, WithinRel(39'000.0 / *quote.mark_price, 1e-12));
    CHECK(*moved.ask_price == 0.0);
}

TEST_CASE("a mark never falls below 0") {
    const Terms terms = parse_symbol(coin_call).value();
    Quote quote = option(terms, true);
    *quote.mark_price *= 0.9;
    CHECK(*after(quote, coin_call, {.price_factor = 0.1}).mark_price == 0.0);
}

TEST_CASE("spread moves bid and ask by half the change of their distance") {
    const Quote wide = after(perp(), "BTC-PERPETUAL", {.spread_factor = 3.0});
    CHECK(*wide.bid_price == 99'980.0);
    CHECK(*wide.ask_price == 100'040.0);
    CHECK(*wide.mark_price == 100'010.0);
    const Quote moved = after(perp(), "BTC-PERPETUAL", {.price_factor = 0.5, .spread_factor = 0.5});
    CHECK(*moved.bid_price == 50'002.5);
    CHECK(*moved.ask_price == 50'007.5);
    Quote one_sided = perp();
    one_sided.ask_price.reset();
    CHECK(after(one_sided, "BTC-PERPETUAL", {.spread_factor = 3.0}) == one_sided);
}

TEST_CASE("the volatilities of an option's bid and ask follow its spread, and go where there is none") {
    const Terms terms = parse_symbol(put).value();
    const Quote quote = option(terms, false);
    const Quote wide = after(quote, put, {.spread_factor = 2.0});
    CHECK_THAT(value(terms, 100'000.0, *wide.bid_vol), WithinRel(*wide.bid_price, 1e-9));
    CHECK_THAT(value(terms, 100'000.0, *wide.ask_vol), WithinRel(*wide.ask_price, 1e-9));
    CHECK(*wide.bid_vol < 0.58);
    CHECK(*wide.ask_vol > 0.62);
    const Quote gone = after(quote, put, {.spread_factor = 200.0});
    CHECK(*gone.bid_price == 0.0);
    CHECK_FALSE(gone.bid_vol);
}

TEST_CASE("an option that cannot be repriced is refused") {
    const Terms terms = parse_symbol(put).value();
    Quote no_forward = option(terms, false);
    no_forward.forward_price.reset();
    const QuoteShock by{.price_factor = 0.9};
    CHECK(shocked(no_forward, terms, by, put).error().field == "forward_price");
    CHECK(shocked(no_forward, terms, {}, put));
    Quote no_vol = option(terms, false);
    no_vol.mark_vol.reset();
    no_vol.mark_price = 1e-300;
    no_vol.forward_price = 1.0;
    CHECK(shocked(no_vol, terms, by, put).error().code == Errc::out_of_domain);
    CHECK(shocked(option(terms, false), terms, {.vol = {1.0, -0.6}}, put).error().code == Errc::out_of_range);
}

TEST_CASE("a book moves, thins and widens as a whole") {
    using Side = std::vector<std::array<double, 2>>;
    Side bids{{100.0, 2.0}, {98.0, 4.0}}, asks{{102.0, 1.0}};
    shock_book(bids, asks, {.price_factor = 0.5, .spread_factor = 2.0}, 0.25);
    CHECK(bids == Side{{49.5, 0.5}, {48.5, 1.0}});
    CHECK(asks == Side{{51.5, 0.25}});
    Side alone{{100.0, 2.0}}, none;
    shock_book(alone, none, {.spread_factor = 2.0}, 1.0);
    CHECK(alone == Side{{100.0, 2.0}});
}
