// What a shock means: margin over the shocked records is margin under a market::Shift.
#include <cmath>

#include "convert/shock_record.hpp"
#include "unit/desk/lines.hpp"

using namespace tidemark;
using namespace tidemark::desk;
using Catch::Matchers::WithinRel;

namespace {

struct Line {
    std::string_view type;
    std::string members;
};

std::vector<Line> two_coins() {
    const auto option = [](std::string_view symbol, double mark, double vol) {
        return R"("symbol":")" + std::string{symbol} +
               R"(","index_price":100000,"forward_price":100300,"mark_vol":)" + std::to_string(vol) +
               R"(,"mark_price":)" + std::to_string(mark) + R"(,"price_unit":"coin")";
    };
    return {{"price", R"("asset":"BTC","price":100000,"confidence":20)"},
            {"price", R"("asset":"ETH","price":4000,"confidence":1)"},
            {"ticker", R"("symbol":"BTC_USDC-PERPETUAL","mark_price":100013.7)"},
            {"ticker", R"("symbol":"BTC-PERPETUAL","mark_price":100013.7)"},
            {"ticker", R"("symbol":"ETH_USDC-PERPETUAL","mark_price":4001.3)"},
            {"ticker", option("BTC-30JAN26-100000-C", 0.0699, 0.6)},
            {"ticker", option("BTC-30JAN26-80000-P", 0.0077, 0.65)},
            {"vol", vol_members("BTC", 0.5)},
            {"vol", vol_members("ETH", 0.8)}};
}

/// The market of the lines under the shocks.
void learn(Lines& into, const std::vector<Line>& all, const std::vector<std::string>& shocks) {
    market::Shocks named;
    for (const std::string& text : shocks) REQUIRE(named.add(text));
    convert::ShockRecords desk{std::move(named)};
    convert::MarketFeed feed;
    into.market.accept_suspect();  // what is kept of a mark can outgrow its option
    for (const Line& one : all) {
        const Held held{R"({"type":")" + std::string{one.type} + R"(","ts":)" + std::string{now} + "," +
                        one.members + "}"};
        std::string out;
        if (const Status edited = desk.edit(held.line, one.type, out); !edited) FAIL(edited.error().message);
        const Held shocked{out};
        REQUIRE(feed.learn(shocked.line, one.type, into.market));
    }
    into.market.prepare();
}

margin::Requirement required(const Lines& lines, const market::Portfolio& portfolio,
                             const market::Shift& shift) {
    policy::Document document = lines.document;
    // The volume that a shift leaves as it is in coins, shocked records leave as it is in money.
    if (document.model() == "dynamic") document = document.with("measured_haircut_weight=0").value();
    const auto model = margin::make_model(document, lines.market).value();
    margin::Requirement out;
    if (const Status status = model->require(portfolio, shift, out); !status) FAIL(status.error().message);
    return out;
}

market::Portfolio portfolio_in(Lines& lines, std::string_view members) {
    margin::NettingSets sets;
    REQUIRE(convert::netting_sets_of(lines.account(members), lines.market, lines.view(),
                                     lines.market.find_asset("USD").value(), sets));
    return sets.all()[0].portfolio;
}

constexpr std::string_view linear =
    R"("collateral":[{"asset":"USD","qty":51234.5}],"positions":[{"symbol":"BTC_USDC-PERPETUAL","qty":1.7,"entry_price":97000},)"
    R"({"symbol":"BTC-PERPETUAL","qty":-0.3,"entry_price":91000},{"symbol":"ETH_USDC-PERPETUAL","qty":-20,"entry_price":4100}])";
constexpr std::string_view mixed =
    R"("collateral":[{"asset":"BTC","qty":3},{"asset":"USDC","qty":-1000}],"positions":[{"symbol":"BTC-30JAN26-100000-C","qty":-5},)"
    R"({"symbol":"BTC-30JAN26-80000-P","qty":4},{"symbol":"ETH_USDC-PERPETUAL","qty":-20,"entry_price":4100}])";

struct Both {
    margin::Requirement shocked, shifted;
};

Both both(std::string_view preset, std::string_view account, double btc, double eth,
          const std::vector<std::string>& shocks) {
    Lines now_lines{preset}, then_lines{preset};
    learn(now_lines, two_coins(), {"BTC=+0%"});
    learn(then_lines, two_coins(), shocks);
    market::Shift shift(now_lines.market.assets(), 1.0);
    shift[now_lines.market.find_asset("BTC").value()] = btc;
    shift[now_lines.market.find_asset("ETH").value()] = eth;
    return {required(then_lines, portfolio_in(then_lines, account), {}),
            required(now_lines, portfolio_in(now_lines, account), shift)};
}

}  // namespace

TEST_CASE("margin of a linear book over shocked records is margin under the shift") {
    const char* preset = GENERATE("static", "dynamic");
    const auto [btc, eth, shocks] = GENERATE(table<double, double, std::vector<std::string>>(
        {{0.5, 1.0, {"BTC=-50%"}}, {0.8, 0.7, {"BTC=-20%", "ETH=-30%"}}, {1.37, 1.0, {"BTC=+37%"}}}));
    const Both b = both(preset, linear, btc, eth, shocks);
    CAPTURE(preset, btc);
    // Price and factor are multiplied in another order where the coin of an inverse perpetual comes in: an
    // ulp.
    CHECK_THAT(b.shocked.equity, WithinRel(b.shifted.equity, 1e-14));
    CHECK_THAT(b.shocked.initial_margin, WithinRel(b.shifted.initial_margin, 1e-14));
    CHECK_THAT(b.shocked.maintenance_margin, WithinRel(b.shifted.maintenance_margin, 1e-14));
    // Halves are exact in any order. The initial margin without a shift is that to which its parts sum,
    // rounded up to 2^-48 of the largest.
    if (btc == 0.5) CHECK(b.shocked.equity == b.shifted.equity);
}

TEST_CASE("margin of a book of options and coins over shocked records is margin under the shift") {
    // A mark that rounding left under its model value would end below 0 further up: there shocked() holds it.
    const double btc = GENERATE(0.75, 0.95, 1.1);
    const auto percent = static_cast<int>(std::lround((btc - 1.0) * 100.0));
    const std::string shock = "BTC=" + std::string{percent < 0 ? "" : "+"} + std::to_string(percent) + "%";
    const Both b = both("dynamic", mixed, btc, 1.0, {shock});
    CAPTURE(shock);
    CHECK_THAT(b.shocked.equity, WithinRel(b.shifted.equity, 1e-9));
    CHECK_THAT(b.shocked.initial_margin, WithinRel(b.shifted.initial_margin, 1e-9));
}

TEST_CASE("more volatility asks for more") {
    const std::string_view account = GENERATE(linear, mixed);
    double before = 0.0;
    for (const char* shock : {"vol=-30%", "vol=+0%", "vol=+25%", "vol=+100%"}) {
        Lines lines;
        learn(lines, two_coins(), {shock});
        const double now_needed = required(lines, portfolio_in(lines, account), {}).initial_margin;
        CAPTURE(shock);
        CHECK(now_needed > before);
        before = now_needed;
    }
}

TEST_CASE("a stablecoin that loses its peg is worth less") {
    Lines lines;
    std::vector<Line> all = two_coins();
    all.push_back({"price", R"("asset":"USDC","price":1)"});
    learn(lines, all, {"USDC=-3%"});
    const market::Portfolio held =
        portfolio_in(lines, R"("collateral":[{"asset":"USDC","qty":1000}],"positions":[])");
    Lines pegged;
    learn(pegged, all, {"USDC=-0%"});
    CHECK_THAT(required(lines, held, {}).equity, WithinRel(0.97 * required(pegged, held, {}).equity, 1e-14));
}
