#include "attribution/market_path.hpp"

#include <catch2/catch.hpp>

#include "pricing/black76.hpp"

using namespace tidemark;
using namespace tidemark::market;
using Catch::Matchers::WithinRel;

namespace {

constexpr Timestamp monday{1'767'225'600'000}, tuesday{monday.ms + 86'400'000};  // 2026-01-01, 00:00 UTC

View par_view() {
    View view;
    view.par_assets = {"USD", "USDC"};
    return view;
}

struct BookDay {
    Timestamp ts;
    double btc, forward, vol, mark, annual, base, rr25, rho;
};
constexpr BookDay calm{monday, 100'000, 100'400, 0.6, 0.07, 0.7, 0.5, -0.01, 0.8};
constexpr BookDay wild{tuesday, 80'000, 80'300, 0.9, 0.02, 1.1, 0.6, -0.1, 0.9};
constexpr const char* symbol = "BTC-30JAN26-100000-C";

Market market_on(const BookDay& day) {
    Market market;
    REQUIRE(market.know_asset("USD"));
    REQUIRE(market.put_price("BTC", {day.ts, day.btc, 10.0, ""}));
    REQUIRE(market.put_price("ETH", {day.ts, 4'000.0, 1.0, ""}));
    Quote perp, option;
    perp.ts = option.ts = day.ts;
    perp.mark_price = day.btc;
    perp.index_price = day.btc;
    option.forward_price = day.forward;
    option.mark_vol = day.vol;
    option.mark_price = day.mark;
    option.in_coin = true;
    REQUIRE(market.put_quote("BTC_USDC-PERPETUAL", perp));
    REQUIRE(market.put_quote(symbol, option));
    VolState vol;
    vol.ts = day.ts;
    vol.annual_vol = day.annual;
    vol.base_annual_vol = day.base;
    vol.implied_vol = day.vol;
    vol.rr25 = vol.bf25 = day.rr25;
    REQUIRE(market.put_vol("BTC", vol));
    LiquidityState liquidity;
    liquidity.ts = day.ts;
    liquidity.half_spread_rate = day.vol / 1000.0;
    REQUIRE(market.put_liquidity("BTC", liquidity));
    const std::vector<std::string_view> assets{"ETH", "BTC"};
    const std::vector<std::vector<double>> matrix{{1.0, day.rho}, {day.rho, 1.0}};
    REQUIRE(market.put_correlation(day.ts, assets, matrix));
    market.prepare();
    return market;
}

Priced priced(const Market& market) {
    const View view = par_view();
    return Valuation{market, view}.instrument(*market.find_instrument(symbol)).value();
}

/// The market when the step of this cause has been made, and the change.
Market after_step(attribution::MarketPath& market_path, std::string_view cause, attribution::Change& change) {
    while (market_path.next(change)) {
        if (word(change.cause) == cause) return market_path.market(std::nullopt).value();
    }
    FAIL("no such step: " << cause);
    return {};
}

}  // namespace

TEST_CASE("a snapshot makes the market again, whatever its symbols were numbered") {
    const Market market = market_on(wild);
    const Snapshot once = snapshot_of(market);
    const Market again = market_of(once, std::nullopt).value();
    CHECK(again.as_of() == market.as_of());
    CHECK(again.instruments() == market.instruments());
    CHECK(again.assets() == market.assets());
    CHECK(again.correlation(*again.find_asset("BTC"), *again.find_asset("ETH")) == 0.9);
    CHECK(priced(again).mark_value == priced(market).mark_value);
    CHECK(snapshot_of(again).correlation == once.correlation);
    CHECK(market_of(once, monday).value().as_of() == monday);
}

TEST_CASE("steps come in canonical order, and lead to the second market") {
    const Market before = market_on(calm), after = market_on(wild);
    attribution::MarketPath market_path{before, after, par_view()};
    std::vector<std::string> steps;
    attribution::Change change;
    while (market_path.next(change)) steps.push_back(std::string{word(change.cause)} + " " + change.item);
    CHECK(steps == std::vector<std::string>{"time ", "price BTC", "volatility BTC 7-30d", "vol_in_use BTC",
                                            "vol_anchor BTC", "skew BTC", "correlation BTC ETH",
                                            "liquidity BTC"});
    const Market reached = market_path.market(std::nullopt).value();
    CHECK(reached.as_of() == after.as_of());
    CHECK(priced(reached).mark_value == priced(after).mark_value);
    const Asset &a = reached.asset(*reached.find_asset("BTC")), &b = after.asset(*after.find_asset("BTC"));
    CHECK(a.price == b.price);
    CHECK(a.vol == b.vol);
    CHECK(a.liquidity == b.liquidity);
}

TEST_CASE("a market that knows nothing can be reached, and left") {
    const Market before = market_on(calm), none;
    for (const bool there : {true, false}) {
        attribution::MarketPath market_path{there ? before : none, there ? none : before, par_view()};
        attribution::Change change;
        while (market_path.next(change)) {
            INFO(word(change.cause) << " " << change.item);
            CHECK(market_path.market(std::nullopt));
        }
    }
}

TEST_CASE("markets that are the same have no steps") {
    const Market one = market_on(calm), other = market_on(calm);
    CHECK(attribution::MarketPath{one, other, par_view()}.empty());
}

TEST_CASE("an option's mark in between is Black-76 plus what its first mark was above that") {
    const Market before = market_on(calm), after = market_on(wild);
    attribution::MarketPath market_path{before, after, par_view()};
    attribution::Change change;
    const double above = 0.07 * 100'400 - priced(before).model_value;
    const auto value = [&](double forward, double vol, const Market& market) {
        const double years =
            years_between(tuesday, *market.instrument(*market.find_instrument(symbol)).terms.expiry).value();
        return pricing::black76_value(forward, 100'000, vol * std::sqrt(years), pricing::OptionType::call);
    };
    const Market aged = after_step(market_path, "time", change);
    CHECK(change.from == static_cast<double>(monday.ms));
    CHECK(priced(aged).price == 100'400);
    CHECK(priced(aged).vol == 0.6);
    const double aged_mark = (value(100'400, 0.6, aged) + above) * 100'000 / 100'400;
    CHECK_THAT(priced(aged).mark_value, WithinRel(aged_mark, 1e-12));
    const Market fallen = after_step(market_path, "price", change);
    CHECK(change.from == 100'000.0);
    CHECK(change.to == 80'000.0);
    CHECK(priced(fallen).price == 80'300);
    CHECK(priced(fallen).vol == 0.6);
    const double fallen_mark = (value(80'300, 0.6, fallen) + above) * 80'000 / 80'300;
    CHECK_THAT(priced(fallen).mark_value, WithinRel(fallen_mark, 1e-12));
    const Market shaken = after_step(market_path, "volatility", change);
    CHECK(priced(shaken).mark_value == priced(after).mark_value);
}

TEST_CASE("between two days every record is as old as on the second") {
    const Market before = market_on(calm);
    Market after = market_on(wild);
    Quote late;
    late.ts = Timestamp{tuesday.ms + 4000};
    late.mark_price = 3.0;
    REQUIRE(after.put_quote("SOL_USDC-PERPETUAL", late));
    attribution::MarketPath market_path{before, after, par_view()};
    attribution::Change change;
    const Market aged = after_step(market_path, "time", change);
    CHECK(aged.as_of() == after.as_of());
    CHECK(aged.asset(*aged.find_asset("BTC")).price->ts == tuesday);
    CHECK(aged.asset(*aged.find_asset("BTC")).price->price == 100'000);
    CHECK(aged.asset(*aged.find_asset("BTC")).vol->ts == tuesday);
    CHECK(aged.instrument(*aged.find_instrument("BTC_USDC-PERPETUAL")).quote->ts == tuesday);
}

TEST_CASE("options move by underlying and days to expiry") {
    CHECK(attribution::tenor_bucket(0.0) == "0-7d");
    CHECK(attribution::tenor_bucket(7.0) == "0-7d");
    CHECK(attribution::tenor_bucket(7.1) == "7-30d");
    CHECK(attribution::tenor_bucket(30.0) == "7-30d");
    CHECK(attribution::tenor_bucket(90.0) == "30-90d");
    CHECK(attribution::tenor_bucket(90.5) == "90d+");
    const Market before = market_on(calm), after = market_on(wild);
    const attribution::MarketPath market_path{before, after, par_view()};
    const auto vol = market_path.option_vol(symbol);
    REQUIRE(vol);
    CHECK(vol->group == "BTC 7-30d");
    CHECK(vol->before == 0.6);
    CHECK(vol->after == 0.9);
    CHECK_FALSE(market_path.option_vol("BTC_USDC-PERPETUAL"));
    CHECK_FALSE(market_path.option_vol("BTC-30JAN26-1-C"));
}
