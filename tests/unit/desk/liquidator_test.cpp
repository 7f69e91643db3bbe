#include "desk/liquidator.hpp"

#include "unit/desk/lines.hpp"

using namespace tidemark;
using namespace tidemark::desk;
using Catch::Matchers::WithinRel;
using record::LiquidationStatus;

namespace {

constexpr const char* one_long =
    R"(}],"positions":[{"symbol":"BTC_USDC-PERPETUAL","qty":1,"entry_price":100000}])";

std::string with_cash(std::string_view usd) {
    return R"("collateral":[{"asset":"USD","qty":)" + std::string{usd} + one_long;
}

desk::Liquidator liquidator(const Lines& lines, desk::LiquidationOptions options = {}) {
    return desk::Liquidator{lines.account_margin(), std::move(options)};
}

}  // namespace

TEST_CASE("every status, at its own figures") {
    struct Case {
        std::string usd;
        LiquidationStatus status;
        double shortfall;
    };
    const auto c = GENERATE(values<Case>({{"20000", LiquidationStatus::healthy, 0.0},
                                          {"10000", LiquidationStatus::healthy, 0.0},
                                          {"9000", LiquidationStatus::margin_call, 1000.0},
                                          {"5000", LiquidationStatus::liquidate, 5000.0},
                                          {"0", LiquidationStatus::bankrupt, 10000.0},
                                          {"-10", LiquidationStatus::bankrupt, 10010.0}}));
    INFO(c.usd);
    Lines lines{"static"};
    add_two_coins(lines);
    desk::Liquidator one = liquidator(lines);
    const record::Liquidation& found = one.judge(lines.account(with_cash(c.usd)));
    CHECK(found.status == c.status);
    CHECK_THAT(*found.shortfall, WithinRel(c.shortfall, 1e-12));
    CHECK_THAT(*found.buffer, WithinRel(std::stod(c.usd) - 5000.0, 1e-12));
    CHECK(found.top_up.empty() == (c.status == LiquidationStatus::healthy));
}

TEST_CASE("a root is a price, a move and a number of deviations") {
    Lines lines{"static"};
    add_two_coins(lines);
    desk::Liquidator one = liquidator(lines);
    const record::Liquidation& found = one.judge(lines.account(with_cash("20000")));
    REQUIRE(found.roots.size() == 1);
    const double price = (20'000 - 100'000) / (0.05 - 1.0);
    CHECK_THAT(found.roots[0].price, WithinRel(price, 1e-12));
    CHECK_THAT(found.roots[0].move_rate, WithinRel(price / 1e5 - 1.0, 1e-11));
    CHECK_THAT(*found.roots[0].sigmas, WithinRel(std::log(price / 1e5) / (0.5 / std::sqrt(365.0)), 1e-10));
    CHECK(found.roots[0].side == record::Side::down);
    CHECK_THAT(*found.distance_rate, WithinRel(1.0 - price / 1e5, 1e-11));
    REQUIRE(found.touch_prob.size() == 3);
    CHECK(found.touch_prob[0].first == "1h");
    CHECK(found.touch_prob[0].second < found.touch_prob[1].second);
    CHECK(found.touch_prob[1].second < found.touch_prob[2].second);
}

TEST_CASE("advice that is followed to the letter reaches initial margin") {
    Lines lines;
    add_two_coins(lines);
    desk::Liquidator one = liquidator(lines);
    desk::AccountMargin again = lines.account_margin();
    const record::Liquidation found = one.judge(lines.account(with_cash("9000")));
    REQUIRE(found.status == LiquidationStatus::liquidate);
    REQUIRE(found.top_up.size() == 1);
    CHECK(found.top_up[0].first == "USD");
    std::string amount;
    json::append_number(amount, 9'000 + found.top_up[0].second);
    const record::Margin& after = again.assess(lines.account(with_cash(amount)));
    CHECK(*after.equity >= *after.initial_margin);
    REQUIRE(found.reduce.size() == 1);
    json::append_number(amount = "", 1.0 + found.reduce[0].qty);
    const record::Margin& reduced =
        again.assess(lines.account(R"("collateral":[{"asset":"USD","qty":9000}],"positions":[{"symbol":)"
                                   R"("BTC_USDC-PERPETUAL","entry_price":100000,"qty":)" +
                                   amount + "}]"));
    CHECK(*reduced.equity >= *reduced.initial_margin);
}

TEST_CASE("what is not asked for is left out") {
    Lines lines;
    add_two_coins(lines);
    desk::Liquidator one = liquidator(lines, {.distance = false, .advice = false});
    const record::Liquidation& found = one.judge(lines.account(with_cash("9000")));
    CHECK(found.roots.empty());
    CHECK(found.touch_prob.empty());
    CHECK(found.top_up.empty());
    CHECK(found.reduce.empty());
    CHECK(found.health);
}

TEST_CASE("an account without figures is indeterminate, and keeps nothing of the one before") {
    Lines lines;
    add_two_coins(lines);
    desk::Liquidator one = liquidator(lines);
    one.judge(lines.account(with_cash("9000")));
    const record::Liquidation& found =
        one.judge(lines.account(R"("positions":[{"symbol":"XRP-PERPETUAL","qty":1,"entry_price":1}])"));
    CHECK(found.status == LiquidationStatus::indeterminate);
    CHECK(found.reason->find("XRP-PERPETUAL") != std::string_view::npos);
    CHECK_FALSE(found.health);
    CHECK(found.roots.empty());
    CHECK(found.top_up.empty());
}

TEST_CASE("an account of isolated positions is as near the edge as the worst of them") {
    Lines lines{"static"};
    add_two_coins(lines);
    desk::Liquidator one = liquidator(lines);
    const record::Liquidation& found = one.judge(lines.account(
        R"("margin_mode":"isolated","positions":[)"
        R"({"symbol":"BTC_USDC-PERPETUAL","qty":1,"entry_price":100000,"isolated_margin":90000},)"
        R"({"symbol":"ETH_USDC-PERPETUAL","qty":10,"entry_price":4000,"isolated_margin":1900}])"));
    CHECK(found.status == LiquidationStatus::liquidate);
    CHECK_THAT(*found.health, WithinRel(0.95, 1e-12));
    CHECK_THAT(*found.buffer, WithinRel(-100.0, 1e-10));
}
