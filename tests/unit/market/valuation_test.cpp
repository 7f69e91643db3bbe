#include "market/valuation.hpp"

#include "market/agreement.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <optional>

using namespace tidemark;
using namespace tidemark::market;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

const Timestamp now = parse_rfc3339("2026-08-17T09:52:29.234106Z").value();

View par_view() {
    View view;
    view.par_assets = {"USD", "USDC"};
    return view;
}

class Looked {
public:
    Looked() {
        for (const char* par : {"USD", "USDC"}) REQUIRE(market.know_asset(par));
    }
    Looked& price(std::string_view asset, double price, double confidence = 0.0) {
        REQUIRE(market.put_price(asset, {now, price, confidence, ""}));
        return *this;
    }
    Looked& quote(std::string_view symbol, Quote quote) {
        quote.ts = quote.ts == Timestamp{} ? now : quote.ts;
        REQUIRE(market.put_quote(symbol, quote));
        return *this;
    }
    Result<Priced> at(std::string_view symbol) {
        return Valuation{market, view}.instrument(market.find_instrument(symbol).value());
    }
    Result<AssetValue> asset(std::string_view name) {
        return Valuation{market, view}.asset(market.know_asset(name).value());
    }

    Market market;
    View view = par_view();
};

Quote marked(double price) {
    Quote quote;
    quote.mark_price = price;
    return quote;
}

Quote option_quote(double forward, std::optional<double> vol, std::optional<double> price, bool in_coin) {
    Quote quote;
    quote.forward_price = forward;
    quote.mark_vol = vol;
    quote.mark_price = price;
    quote.in_coin = in_coin;
    return quote;
}

}  // namespace

TEST_CASE("coin-settled options are worth what Deribit marks, and move by its delta") {
    struct Case {
        std::string symbol;
        double index, forward, mark_coin, mark_vol, delta;
    };
    // Deribit's public book summaries and tickers of 2026-08-17T09:52:29Z.
    const auto c =
        GENERATE(values<Case>({{"BTC-28AUG26-60000-C", 63251.08, 63359.25, 0.05704259, 0.3051, 0.85531},
                               {"BTC-28AUG26-60000-P", 63250.92, 63359.45, 0.00402307, 0.3051, -0.14469},
                               {"BTC-28AUG26-70000-C", 63251.60, 63359.25, 0.00064607, 0.3063, 0.03185},
                               {"BTC-28AUG26-70000-P", 63250.95, 63359.25, 0.10545678, 0.3063, -0.96816},
                               {"BTC-28AUG26-80000-C", 63248.75, 63359.25, 0.00004661, 0.4628, 0.00204},
                               {"ETH-28AUG26-2000-C", 1891.86, 1893.00, 0.006466, 0.3565, 0.19482},
                               {"ETH-28AUG26-2000-P", 1891.84, 1893.00, 0.062973, 0.3565, -0.80523}}));
    INFO(c.symbol);
    const std::string coin = c.symbol.substr(0, 3);
    Looked desk;
    desk.price(coin, c.index).quote(c.symbol, option_quote(c.forward, c.mark_vol, c.mark_coin, true));
    const Priced priced = desk.at(c.symbol).value();
    CHECK_THAT(priced.mark_value, WithinRel(c.mark_coin * c.index, 1e-14));
    CHECK_THAT(priced.model_value / c.forward, WithinAbs(c.mark_coin, 2e-5));
    CHECK_THAT(priced.exposure / c.index, WithinAbs(c.delta, 3e-4));
    const double step = 1e-5;
    const double slope =
        (unit_value(priced, 0.0, 1.0 + step) - unit_value(priced, 0.0, 1.0 - step)) / (2.0 * step);
    CHECK_THAT(slope, WithinRel(priced.exposure, 1e-6));

    SECTION("the mark alone gives the volatility back") {
        Looked without;
        without.price(coin, c.index).quote(c.symbol, option_quote(c.forward, {}, c.mark_coin, true));
        CHECK_THAT(without.at(c.symbol).value().vol, WithinAbs(c.mark_vol, 3e-3));
    }
}

TEST_CASE("put and call differ by the forward less the strike at every price") {
    Looked desk;
    desk.price("BTC", 68'000);
    for (const char* side : {"C", "P"}) {
        desk.quote(std::string{"BTC-25SEP26-70000-"} + side, option_quote(68'200, 0.58, {}, true));
        desk.quote(std::string{"BTC_USDC-25SEP26-70000-"} + side, option_quote(68'200, 0.58, {}, false));
    }
    const double factor = GENERATE(0.05, 0.7, 1.0, 1.3, 20.0);
    const auto parity = [&](const std::string& stem) {
        return unit_value(desk.at(stem + "C").value(), 0.0, factor) -
               unit_value(desk.at(stem + "P").value(), 0.0, factor);
    };
    CHECK_THAT(parity("BTC_USDC-25SEP26-70000-"), WithinRel(68'200 * factor - 70'000, 1e-9));
    CHECK_THAT(parity("BTC-25SEP26-70000-"), WithinRel((68'200 * factor - 70'000) * 68'000 / 68'200, 1e-9));
}

TEST_CASE("a linear perpetual gains price less entry, in what it is quoted in") {
    Looked desk;
    desk.price("USDC", 0.99).quote("BTC_USDC-PERPETUAL", marked(100'000));
    const Priced priced = desk.at("BTC_USDC-PERPETUAL").value();
    CHECK(priced.exposure == 99'000.0);
    CHECK(unit_value(priced, 90'000, 1.0) == 9'900.0);
    CHECK_THAT(unit_value(priced, 90'000, 0.8), WithinRel(-9'900.0, 1e-15));
}

TEST_CASE("an inverse perpetual is Deribit's published row, in coin at the coin's moved price") {
    // Deribit's Portfolio Margin API example: 0.314538364 BTC at 65,910.57, moves of 16 and 8 %.
    struct Case {
        double move, gain_coin;
    };
    const auto c = GENERATE(values<Case>({{-0.16, -0.05991206933333334},
                                          {0.0, 0.0},
                                          {0.08, 0.023299138074074074},
                                          {0.16, 0.043384601931034494}}));
    Looked desk;
    desk.price("BTC", 65'910.57).quote("BTC-PERPETUAL", marked(65'910.57));
    const Priced priced = desk.at("BTC-PERPETUAL").value();
    const double coin_price = 65'910.57 * (1.0 + c.move);
    CHECK_THAT(0.314538364 * unit_value(priced, 65'910.57, 1.0 + c.move),
               WithinAbs(c.gain_coin * coin_price, 1e-9));
    CHECK(priced.exposure == 65'910.57);
}

TEST_CASE("spot is worth its price") {
    Looked desk;
    desk.price("USDC", 1.01).quote("BTC/USDC", marked(100'000));
    const Priced priced = desk.at("BTC/USDC").value();
    CHECK(priced.contract.kind == pricing::ContractKind::spot);
    CHECK_THAT(unit_value(priced, 0.0, 1.0), WithinRel(101'000.0, 1e-15));
    CHECK_THAT(unit_value(priced, 0.0, 0.5), WithinRel(50'500.0, 1e-15));
}

TEST_CASE("an asset is worth its price record, else 1 where the policy takes it at par") {
    Looked desk;
    CHECK(desk.asset("USD")->price == 1.0);
    CHECK(desk.asset("USD")->at_par);
    desk.price("USDC", 0.97, 0.002);
    CHECK(desk.asset("USDC")->price == 0.97);
    CHECK(desk.asset("USDC")->confidence == 0.002);
    CHECK_FALSE(desk.asset("USDC")->at_par);
    CHECK(desk.asset("USDT").error().code == Errc::missing_market);
}

TEST_CASE("an instrument without what its price needs has none") {
    struct Case {
        std::string name, symbol;
        Quote quote;
        bool with_price;
    };
    const auto c = GENERATE(values<Case>(
        {{"perp without mark", "BTC_USDC-PERPETUAL", Quote{}, true},
         {"perp at zero", "BTC_USDC-PERPETUAL", marked(0.0), true},
         {"inverse perp without index", "BTC-PERPETUAL", marked(1e5), false},
         {"option without forward", "BTC-25SEP26-70000-C",
          [] {
              Quote quote = marked(0.1);
              quote.mark_vol = 0.5;
              return quote;
          }(),
          true},
         {"option without mark", "BTC-25SEP26-70000-C", option_quote(68'200, {}, {}, true), true},
         {"option without index", "BTC-25SEP26-70000-C", option_quote(68'200, 0.5, 0.1, true), false}}));
    INFO(c.name);
    Looked desk;
    if (c.with_price) desk.price("BTC", 68'000);
    desk.quote(c.symbol, c.quote);
    CHECK(desk.at(c.symbol).error().code == Errc::missing_market);
}

TEST_CASE("an instrument that has terms only is missing its ticker") {
    Looked desk;
    REQUIRE(desk.market.put_terms("X", parse_symbol("BTC-PERPETUAL").value(), now));
    CHECK(desk.at("X").error().code == Errc::missing_market);
}

TEST_CASE("a mark that no volatility gives is out of the model's domain") {
    Looked desk;
    desk.price("BTC", 68'000);
    // A call on 68,200 struck at 60,000 is worth at least 0.120 coins, and less than 1.
    const double mark = GENERATE(0.05, 1.0, 2.0);
    desk.quote("BTC-25SEP26-60000-C", option_quote(68'200, {}, mark, true));
    CHECK(desk.at("BTC-25SEP26-60000-C").error().code == Errc::out_of_domain);
}

TEST_CASE("a quote at or after expiry is expired") {
    Looked desk;
    desk.price("BTC", 68'000);
    const Timestamp expiry = parse_rfc3339("2026-08-18T08:00:00Z").value();
    Quote quote = option_quote(68'000, 0.5, 1e-5, true);
    quote.ts = expiry;
    desk.quote("BTC-18AUG26-68000-C", quote);
    CHECK(desk.at("BTC-18AUG26-68000-C").error().code == Errc::expired);
    quote.ts = Timestamp{expiry.ms - 1};
    Looked before;
    before.price("BTC", 68'000).quote("BTC-18AUG26-68000-C", quote);
    CHECK(before.at("BTC-18AUG26-68000-C"));
    Quote future = marked(68'000);
    future.ts = expiry;
    desk.quote("BTC-18AUG26", future);
    CHECK(desk.at("BTC-18AUG26").error().code == Errc::expired);
}

TEST_CASE("an option whose expiry has passed is expired, though its last quote came before") {
    Looked desk;
    desk.price("BTC", 68'000);
    const Timestamp expiry = parse_rfc3339("2026-08-18T08:00:00Z").value();
    Quote quote = option_quote(68'000, 0.5, 0.01, true);
    quote.ts = Timestamp{expiry.ms - 60'000};
    desk.quote("BTC-18AUG26-68000-C", quote);
    desk.market.set_as_of(Timestamp{expiry.ms + 60'000});
    const auto priced = desk.at("BTC-18AUG26-68000-C");
    REQUIRE_FALSE(priced);
    CHECK(priced.error().code == Errc::expired);
}

TEST_CASE("a price rests on the older of its quote and its settlement asset") {
    Looked desk;
    Quote quote = marked(100'000);
    quote.ts = Timestamp{now.ms + 5'000};
    desk.price("BTC", 100'000).quote("BTC-PERPETUAL", quote);
    CHECK(desk.at("BTC-PERPETUAL")->oldest == now);
    REQUIRE(desk.market.put_price("BTC", {Timestamp{now.ms + 9'000}, 100'001, 0.0, ""}));
    CHECK(desk.at("BTC-PERPETUAL")->oldest == Timestamp{now.ms + 5'000});
}

TEST_CASE("what is quoted or paid in another coin is not priced: nothing here would move that coin with it") {
    Looked desk;
    desk.price("BTC", 100'000).price("EUR", 1.1).quote("ETH/BTC", marked(0.04));
    Terms quanto = parse_symbol("ETH_USDC-PERPETUAL").value();
    quanto.settle_asset = "BTC";
    REQUIRE(desk.market.put_terms("quanto", quanto, now));
    Terms euro = parse_symbol("BTC/USDC").value();
    euro.quote_asset = "EUR";
    REQUIRE(desk.market.put_terms("euro", euro, now));
    desk.quote("quanto", marked(4'000)).quote("euro", marked(90'000));
    for (const char* symbol : {"ETH/BTC", "euro", "quanto"}) {
        const auto priced = desk.at(symbol);
        REQUIRE_FALSE(priced);
        CHECK(priced.error().code == Errc::out_of_domain);
    }
    desk.view.par_assets.emplace_back("EUR");
    CHECK(desk.at("euro")->conversion == 1.1);
    CHECK(desk.quote("BTC-PERPETUAL", marked(100'000)).at("BTC-PERPETUAL"));
}

TEST_CASE("a stamp grows with anything that a price rests on") {
    Looked desk;
    desk.price("BTC", 68'000).price("USDC", 1.0).quote("BTC_USDC-PERPETUAL", marked(68'000));
    desk.quote("ETH_USDC-PERPETUAL", marked(2'000));
    const Valuation valuation{desk.market, desk.view};
    const InstrumentId id = desk.market.find_instrument("BTC_USDC-PERPETUAL").value();
    std::uint64_t before = valuation.stamp(id);
    const auto grown = [&] {
        const std::uint64_t was = before;
        before = valuation.stamp(id);
        return before > was;
    };
    const Timestamp later{now.ms + 1};
    REQUIRE(desk.market.put_quote("ETH_USDC-PERPETUAL", [&] {
        Quote quote = marked(2'001);
        quote.ts = later;
        return quote;
    }()));
    CHECK_FALSE(grown());
    REQUIRE(desk.market.put_price("USDC", {later, 0.98, 0.0, ""}));
    CHECK(grown());
    Quote newer = marked(68'001);
    newer.ts = later;
    REQUIRE(desk.market.put_quote("BTC_USDC-PERPETUAL", newer));
    CHECK(grown());
}

namespace {

/// A perpetual at its index.
Quote at_index(double price, Timestamp ts = now) {
    Quote quote;
    quote.ts = ts;
    quote.mark_price = quote.index_price = price;
    return quote;
}

Quote option_quote(double forward, double vol, std::optional<double> mark = {}) {
    Quote quote;
    quote.ts = now;
    quote.mark_price = mark;
    quote.forward_price = forward;
    quote.mark_vol = vol;
    quote.in_coin = true;
    return quote;
}

}  // namespace

TEST_CASE("a price that as many records contradict as agree with is no price") {
    Looked looked;
    looked.price("BTC", 840'000.0).quote("BTC-PERPETUAL", at_index(84'000.0));
    looked.market.prepare();
    const auto refused = looked.asset("BTC");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::conflict);
    CHECK(refused.error().message ==
          "want the price of BTC within a factor of 2 of another as fresh, 84000, got 840000");
    CHECK_FALSE(looked.at("BTC-PERPETUAL"));
}

TEST_CASE("a price that most records agree with stands, and what contradicts it does not") {
    Looked looked;
    looked.price("BTC", 84'000.0).quote("BTC_USDC-PERPETUAL", at_index(84'000.0));
    looked.quote("BTC-PERPETUAL", at_index(840'000.0));
    looked.market.prepare();
    CHECK(looked.asset("BTC")->price == 84'000.0);
    CHECK(looked.at("BTC_USDC-PERPETUAL"));
    CHECK_FALSE(looked.at("BTC-PERPETUAL"));
}

TEST_CASE("what came a while before does not contradict: a price may have halved since") {
    Looked looked;
    const Timestamp before{now.ms - 600'000};
    looked.price("BTC", 30'000.0);
    looked.quote("BTC-PERPETUAL", at_index(84'000.0, before));
    looked.market.prepare();
    CHECK(looked.asset("BTC")->price == 30'000.0);
}

TEST_CASE("what the policy takes at par is worth half or twice that in no record") {
    const double price = GENERATE(9.999, 0.09999);
    CHECK_FALSE(Looked{}.price("USDC", price).asset("USDC"));
    CHECK(Looked{}.price("USDC", 0.88).asset("USDC")->price == 0.88);
}

TEST_CASE("a mark more than three times off its model's value is damaged, but for rounding") {
    const auto marked = [](double mark, double vol) {
        Looked looked;
        looked.price("BTC", 100'000.0);
        Quote quote = option_quote(100'000.0, vol, mark);
        quote.ts = now;
        // Ten times off, no market takes it.
        if (!looked.market.put_quote("BTC-25DEC26-100000-C", quote)) return false;
        looked.market.prepare();
        return static_cast<bool>(looked.at("BTC-25DEC26-100000-C"));
    };
    CHECK(marked(0.14, 0.6));
    CHECK_FALSE(marked(1.4, 0.6));
    CHECK_FALSE(marked(0.014, 0.6));
    CHECK_FALSE(marked(0.14, 0.06));
}

TEST_CASE("the volatility of an underlying is not under a third of that of its options near the money") {
    Looked looked;
    const auto near = [&](double vol) {
        looked.market = {};
        REQUIRE(looked.market.know_asset("USD"));
        for (const char* symbol : {"BTC-25DEC26-95000-C", "BTC-25DEC26-100000-C", "BTC-25DEC26-105000-C"})
            looked.quote(symbol, option_quote(100'000.0, 0.6));
        looked.quote("BTC-25DEC26-110000-C", option_quote(100'000.0, 6.0));
        VolState state;
        state.ts = now;
        state.annual_vol = state.base_annual_vol = vol;
        REQUIRE(looked.market.put_vol("BTC", state));
        looked.market.prepare();
        const Asset& asset = looked.market.asset(looked.market.find_asset("BTC").value());
        CHECK(asset.quoted_vol == 0.6);
        return near_options(asset, "BTC");
    };
    CHECK(near(0.21));
    const Status refused = near(0.06);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message ==
          "want the vol of BTC at least a third of 0.6, at which its options near the money are quoted, got "
          "0.06");
}
