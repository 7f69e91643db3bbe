#include "market/market.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <numeric>

using namespace tidemark;
using namespace tidemark::market;

namespace {

constexpr Timestamp at(std::int64_t seconds) {
    return Timestamp{1'767'225'600'000 + seconds * 1000};
}

Quote marked(std::int64_t seconds, double price, std::optional<double> index = {}) {
    Quote quote;
    quote.ts = at(seconds);
    quote.mark_price = price;
    quote.index_price = index;
    return quote;
}

VolState vol(std::int64_t seconds, double annual) {
    VolState state;
    state.ts = at(seconds);
    state.annual_vol = state.base_annual_vol = annual;
    return state;
}

double mark_of(const Market& market, std::string_view symbol) {
    return *market.instrument(market.find_instrument(symbol).value()).quote->mark_price;
}

const std::optional<AssetPrice>& price_of(const Market& market, std::string_view asset) {
    return market.asset(market.find_asset(asset).value()).price;
}

}  // namespace

TEST_CASE("the newest record of a key wins, whatever the order") {
    Market market;
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(1, 101)));
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(3, 103)));
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(2, 102)));
    CHECK(mark_of(market, "BTC-PERPETUAL") == 103);
    REQUIRE(market.put_vol("BTC", vol(2, 0.5)));
    REQUIRE(market.put_vol("BTC", vol(1, 0.9)));
    CHECK(market.asset(market.find_asset("BTC").value()).vol->annual_vol == 0.5);
    REQUIRE(market.put_price("BTC", {at(2), 102, 0.0, ""}));
    REQUIRE(market.put_price("BTC", {at(1), 101, 0.0, ""}));
    CHECK(price_of(market, "BTC")->price == 102);
    LiquidityState liquidity;
    liquidity.ts = at(2);
    liquidity.state = 2;
    REQUIRE(market.put_liquidity("BTC", liquidity));
    liquidity.ts = at(1);
    liquidity.state = 0;
    REQUIRE(market.put_liquidity("BTC", liquidity));
    CHECK(market.asset(market.find_asset("BTC").value()).liquidity->state == 2);
    CHECK(market.as_of() == at(3));
}

TEST_CASE("two that differ at one time are a conflict; the same one twice is not") {
    Market market;
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(1, 101)));
    CHECK(market.put_quote("BTC-PERPETUAL", marked(1, 101)));
    CHECK(market.put_quote("BTC-PERPETUAL", marked(1, 102)).error().code == Errc::conflict);
    CHECK(mark_of(market, "BTC-PERPETUAL") == 101);
    REQUIRE(market.put_price("BTC", {at(1), 101, 0.5, ""}));
    CHECK(market.put_price("BTC", {at(1), 101, 0.5, ""}));
    CHECK(market.put_price("BTC", {at(1), 101, 0.6, ""}).error().code == Errc::conflict);
    REQUIRE(market.put_vol("BTC", vol(1, 0.5)));
    CHECK(market.put_vol("BTC", vol(1, 0.5)));
    CHECK(market.put_vol("BTC", vol(1, 0.6)).error().code == Errc::conflict);
    const Terms terms = parse_symbol("BTC-PERPETUAL").value();
    REQUIRE(market.put_terms("X", terms, at(1)));
    CHECK(market.put_terms("X", terms, at(1)));
    Terms other = terms;
    other.quote_asset = "EUR";
    CHECK(market.put_terms("X", other, at(1)).error().code == Errc::conflict);
    CHECK(market.put_terms("X", other, at(2)));
    CHECK(market.instrument(market.find_instrument("X").value()).terms.quote_asset == "EUR");
}

TEST_CASE("a price record leads an index price of its time, and a newer one of either leads") {
    Market market;
    SECTION("record last") {
        REQUIRE(market.put_quote("BTC-PERPETUAL", marked(1, 101, 100.0)));
        REQUIRE(market.put_price("BTC", {at(1), 99, 0.5, ""}));
    }
    SECTION("record first") {
        REQUIRE(market.put_price("BTC", {at(1), 99, 0.5, ""}));
        REQUIRE(market.put_quote("BTC-PERPETUAL", marked(1, 101, 100.0)));
    }
    CHECK(price_of(market, "BTC")->price == 99);
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(2, 103, 102.0)));
    CHECK(price_of(market, "BTC")->price == 102);
    CHECK(price_of(market, "BTC")->source == "BTC-PERPETUAL");
}

TEST_CASE("index prices of one time: the first symbol by name is taken") {
    Market market;
    const bool reversed = GENERATE(false, true);
    REQUIRE(market.put_quote(reversed ? "BTC_USDC-PERPETUAL" : "BTC-PERPETUAL",
                             marked(1, 101, reversed ? 100.5 : 100.0)));
    REQUIRE(market.put_quote(reversed ? "BTC-PERPETUAL" : "BTC_USDC-PERPETUAL",
                             marked(1, 101, reversed ? 100.0 : 100.5)));
    CHECK(price_of(market, "BTC")->price == 100.0);
}

TEST_CASE("the state after a set of records does not depend on their order") {
    using Put = std::function<Status(Market&)>;
    std::vector<Put> puts;
    for (std::int64_t s = 0; s < 2; ++s) {
        puts.emplace_back([s](Market& m) {
            return m.put_quote("BTC-PERPETUAL", marked(s, 100.0 + static_cast<double>(s), 90.0));
        });
        puts.emplace_back(
            [s](Market& m) { return m.put_vol("BTC", vol(s, 0.5 + 0.1 * static_cast<double>(s))); });
    }
    puts.emplace_back([](Market& m) { return m.put_price("BTC", {at(1), 99, 0.1, ""}); });
    puts.emplace_back([](Market& m) { return m.put_quote("ETH-PERPETUAL", marked(0, 4.0, 4.1)); });
    std::vector<std::size_t> order(puts.size());
    std::iota(order.begin(), order.end(), 0U);
    int orders = 0;
    do {
        Market market;
        for (const std::size_t i : order) REQUIRE(puts[i](market));
        market.prepare();
        REQUIRE(mark_of(market, "BTC-PERPETUAL") == 101);
        REQUIRE(price_of(market, "BTC")->price == 99);
        REQUIRE(price_of(market, "ETH")->price == 4.1);
        REQUIRE(market.asset(market.find_asset("BTC").value()).vol->annual_vol == 0.6);
        REQUIRE(market.as_of() == at(1));
        REQUIRE(market.sorted(market.find_instrument("BTC-PERPETUAL").value()).rank == 0);
        REQUIRE(market.sorted(market.find_instrument("ETH-PERPETUAL").value()).rank == 1);
        ++orders;
    } while (std::next_permutation(order.begin(), order.end()));
    CHECK(orders == 720);
}

TEST_CASE("an older ticker's index price counts where the newer one has none, in any order") {
    const bool newer_first = GENERATE(false, true);
    Market market;
    REQUIRE(market.put_quote("BTC-PERPETUAL", newer_first ? marked(2, 102) : marked(1, 101, 100.0)));
    REQUIRE(market.put_quote("BTC-PERPETUAL", newer_first ? marked(1, 101, 100.0) : marked(2, 102)));
    CHECK(price_of(market, "BTC") == AssetPrice{at(1), 100.0, 0.0, "BTC-PERPETUAL"});
    CHECK(mark_of(market, "BTC-PERPETUAL") == 102);
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(0, 100, 99.0)));
    CHECK(price_of(market, "BTC")->price == 100.0);
    CHECK(market.put_quote("BTC-PERPETUAL", marked(1, 101, 100.5)).error().code == Errc::conflict);
}

TEST_CASE("a ticker before its instrument record is worth as much as one after it") {
    const bool ticker_first = GENERATE(false, true);
    Market market;
    Terms terms = parse_symbol("BTC-PERPETUAL").value();
    const auto put_terms = [&] { return market.put_terms("no grammar at all", terms, at(1)); };
    const auto put_quote = [&] { return market.put_quote("no grammar at all", marked(1, 101, 100.0)); };
    if (ticker_first) {
        CHECK(put_quote());
        CHECK(market.waiting() == std::vector<std::string_view>{"no grammar at all"});
        CHECK(put_terms());
    } else {
        CHECK(put_terms());
        CHECK(put_quote());
    }
    CHECK(market.waiting().empty());
    CHECK(mark_of(market, "no grammar at all") == 101);
    CHECK(price_of(market, "BTC")->price == 100.0);
    CHECK(market.as_of() == at(1));
}

TEST_CASE("an index price belongs to the underlying that the instrument record names") {
    const bool ticker_first = GENERATE(false, true);
    Market market;
    Terms terms = parse_symbol("BTC-PERPETUAL").value();
    terms.underlying = "XBT";
    if (ticker_first) REQUIRE(market.put_quote("BTC-PERPETUAL", marked(1, 101, 100.0)));
    REQUIRE(market.put_terms("BTC-PERPETUAL", terms, at(1)));
    if (!ticker_first) REQUIRE(market.put_quote("BTC-PERPETUAL", marked(1, 101, 100.0)));
    CHECK(price_of(market, "XBT")->price == 100.0);
    const auto btc = market.find_asset("BTC");
    CHECK((!btc || !market.asset(*btc).price));
}

TEST_CASE("an asset keeps the prices that others give it where an instrument turns out to be another's") {
    const bool ticker_first = GENERATE(false, true);
    Market market;
    Terms terms = parse_symbol("BTC-PERPETUAL").value();
    terms.underlying = "XBT";
    REQUIRE(market.put_price("BTC", {at(1), 90.0, 0.1, ""}));
    REQUIRE(market.put_quote("BTC_USDC-PERPETUAL", marked(2, 101, 95.0)));
    if (ticker_first) REQUIRE(market.put_quote("BTC-PERPETUAL", marked(3, 101, 100.0)));
    REQUIRE(market.put_terms("BTC-PERPETUAL", terms, at(1)));
    if (!ticker_first) REQUIRE(market.put_quote("BTC-PERPETUAL", marked(3, 101, 100.0)));
    CHECK(price_of(market, "BTC") == AssetPrice{at(2), 95.0, 0.1, "BTC_USDC-PERPETUAL"});
    CHECK(price_of(market, "XBT") == AssetPrice{at(3), 100.0, 0.0, "BTC-PERPETUAL"});
}

TEST_CASE("two price records that differ at one time are a conflict, whatever index price came between") {
    Market market;
    REQUIRE(market.put_price("BTC", {at(1), 90.0, 0.1, ""}));
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(2, 101, 95.0)));
    CHECK(market.put_price("BTC", {at(1), 91.0, 0.1, ""}).error().code == Errc::conflict);
}

TEST_CASE("a symbol whose grammar is not known needs an instrument record") {
    Market market;
    REQUIRE(market.put_terms("house contract", parse_symbol("BTC-PERPETUAL").value(), {}));
    CHECK(market.put_quote("house contract", marked(1, 101)));
    CHECK(mark_of(market, "house contract") == 101);
}

TEST_CASE("a ticker that waits for its terms is nobody's yet, and two that differ are a conflict") {
    Market market;
    market.prepare();
    CHECK(market.put_quote("no grammar at all", marked(1, 101)));
    CHECK_FALSE(market.find_instrument("no grammar at all"));
    CHECK(market.as_of() == Timestamp{});
    CHECK(market.put_quote("no grammar at all", marked(1, 102)).error().code == Errc::conflict);
    CHECK(market.put_quote("no grammar at all", marked(0, 100)));
    REQUIRE(market.put_terms("no grammar at all", parse_symbol("BTC-PERPETUAL").value(), at(0)));
    CHECK(mark_of(market, "no grammar at all") == 101);
}

TEST_CASE("an instrument record overrules what the symbol says of itself") {
    Market market;
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(1, 101)));
    const InstrumentId id = market.find_instrument("BTC-PERPETUAL").value();
    CHECK(market.instrument(id).terms.inverse());
    const std::uint64_t before = market.instrument(id).version;
    REQUIRE(market.put_terms("BTC-PERPETUAL", parse_symbol("BTC_USDC-PERPETUAL").value(), at(1)));
    CHECK_FALSE(market.instrument(id).terms.inverse());
    CHECK(market.instrument(id).version > before);
}

TEST_CASE("a correlation record is a symmetric matrix with ones on its diagonal") {
    Market market;
    const std::vector<std::string_view> pair{"BTC", "ETH"};
    const auto put = [&](std::vector<std::vector<double>> matrix) {
        return market.put_correlation(at(1), pair, matrix);
    };
    for (const auto& bad : std::vector<std::vector<std::vector<double>>>{{},
                                                                         {{1, 0.8}},
                                                                         {{1, 0.8}, {0.8}},
                                                                         {{1, 0.8}, {0.8, 1, 0}},
                                                                         {{1, 0.8, 0}, {0.8, 1, 0}},
                                                                         {{1, 0.8}, {0.7, 1}},
                                                                         {{0.9, 0.8}, {0.8, 1}},
                                                                         {{1, 0.8}, {0.8, 0}}}) {
        CHECK(put(bad).error().code == Errc::out_of_range);
    }
    const std::vector<std::string_view> twice{"BTC", "BTC"};
    const std::vector<std::vector<double>> ones{{1, 1}, {1, 1}};
    CHECK(market.put_correlation(at(1), twice, ones).error().code == Errc::duplicate_key);
    REQUIRE(put({{1, 0.8}, {0.8, 1}}));
    const AssetId btc = market.find_asset("BTC").value(), eth = market.find_asset("ETH").value();
    CHECK(market.correlation(btc, eth) == 0.8);
    CHECK(market.correlation(eth, btc) == 0.8);
    CHECK(market.correlation(btc, btc) == 1.0);
    CHECK_FALSE(market.correlation(btc, market.know_asset("SOL").value()));
    CHECK(put({{1, 0.8}, {0.8, 1}}));
    CHECK(put({{1, 0.7}, {0.7, 1}}).error().code == Errc::conflict);
    CHECK(market.correlation(btc, eth) == 0.8);
}

TEST_CASE("versions grow with what they stand for and with nothing else") {
    Market market;
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(1, 101, 100.0)));
    REQUIRE(market.put_quote("ETH-PERPETUAL", marked(1, 4, 4.0)));
    const InstrumentId btc = market.find_instrument("BTC-PERPETUAL").value();
    const InstrumentId eth = market.find_instrument("ETH-PERPETUAL").value();
    const std::uint64_t btc_before = market.instrument(btc).version,
                        eth_before = market.instrument(eth).version;
    const std::uint64_t all_before = market.version();
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(0, 99)));
    CHECK(market.version() == all_before);
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(2, 102)));
    CHECK(market.instrument(btc).version > btc_before);
    CHECK(market.instrument(eth).version == eth_before);
    CHECK(market.version() > all_before);
}

TEST_CASE("names are limited in number") {
    Market market;
    for (std::size_t i = 0; i < Market::max_names; ++i) REQUIRE(market.know_asset("A" + std::to_string(i)));
    CHECK(market.know_asset("one more").error().code == Errc::too_many);
    CHECK(market.know_asset("A5"));
}

TEST_CASE("a time that was set stands, whatever comes") {
    Market market;
    market.set_as_of(at(10));
    REQUIRE(market.put_quote("BTC-PERPETUAL", marked(20, 101)));
    CHECK(market.as_of() == at(10));
}

TEST_CASE("an index in another coin is no price of its asset") {
    Market market;
    REQUIRE(market.know_money("USD"));
    REQUIRE(market.put_quote("ETH-PERPETUAL", marked(1, 2801, 2800.0)));
    REQUIRE(market.put_quote("ETH_BTC", marked(2, 0.0333, 0.0333)));
    REQUIRE(price_of(market, "ETH"));
    CHECK(price_of(market, "ETH")->price == 2800.0);
}
