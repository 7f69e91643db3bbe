#include "desk/account_margin.hpp"

#include <numeric>
#include "json/writer.hpp"

#include "unit/desk/lines.hpp"

using namespace tidemark;
using namespace tidemark::desk;
using Catch::Matchers::WithinRel;

namespace {

double sum_of(const Parts& p) {
    return std::accumulate(p.amounts.begin(), p.amounts.end(), 0.0);
}

constexpr const char* three_isolated =
    R"("margin_mode":"isolated","positions":[)"
    R"({"symbol":"BTC_USDC-PERPETUAL","qty":0.1234567,"entry_price":99000,"isolated_margin":3000},)"
    R"({"symbol":"ETH_USDC-PERPETUAL","qty":-1.7654321,"entry_price":4000,"isolated_margin":999},)"
    R"({"symbol":"BTC-30JAN26-100000-C","qty":-0.0371,"isolated_margin":1234.5}],)"
    R"("score":{"status":"ok","multiplier":1.0371})";

}  // namespace

TEST_CASE("an account's figures are those of its policy") {
    Lines lines{"static"};
    add_two_coins(lines);
    desk::AccountMargin account_margin = lines.account_margin();
    const record::Margin& margin = account_margin.assess(
        lines.account(R"("collateral":[{"asset":"USDC","qty":20000},{"asset":"BTC","qty":0.1}],"positions":[)"
                      R"({"symbol":"BTC_USDC-PERPETUAL","qty":1,"entry_price":90000}])"));
    CHECK(margin.status == record::MarginStatus::ok);
    CHECK(margin.policy == "static@1");
    CHECK(margin.model == "static");
    CHECK(margin.currency == "USD");
    CHECK_THAT(*margin.collateral_value, WithinRel(20'000 + 9'500.0, 1e-14));
    CHECK_THAT(*margin.equity, WithinRel(39'500.0, 1e-14));
    CHECK_THAT(*margin.initial_margin, WithinRel(10'000.0, 1e-14));
    CHECK_THAT(*margin.maintenance_margin, WithinRel(5'000.0, 1e-14));
    CHECK_THAT(*margin.free_collateral, WithinRel(29'500.0, 1e-14));
    CHECK_THAT(*margin.health, WithinRel(7.9, 1e-14));
    CHECK(sum_of(*margin.parts) == *margin.initial_margin);
    CHECK(margin.as_of_ts->ms == 1'767'225'600'000);
    CHECK(margin.oldest_input_ts->ms == 1'767'225'600'000);
    CHECK_FALSE(margin.reason);
}

TEST_CASE("an account that cannot be computed has a reason and no figure, and the next one is not harmed") {
    Lines lines;
    add_two_coins(lines);
    desk::AccountMargin account_margin = lines.account_margin();
    const record::Margin& margin = account_margin.assess(lines.account(
        R"("collateral":[{"asset":"USDC","qty":2}],"positions":[{"symbol":"BTC_USDC-PERPETUAL",)"
        R"("qty":1,"entry_price":1},{"symbol":"XRP-PERPETUAL","qty":1,"entry_price":1}])"));
    CHECK(margin.status == record::MarginStatus::indeterminate);
    CHECK(margin.reason->find("XRP-PERPETUAL") != std::string_view::npos);
    CHECK_FALSE(margin.equity);
    CHECK_FALSE(margin.initial_margin);
    CHECK_FALSE(margin.maintenance_margin);
    CHECK_FALSE(margin.health);
    CHECK_FALSE(margin.parts);
    std::string text;
    json::append_value(text, margin);
    CHECK(text.find("margin\":") == std::string::npos);
    const record::Margin& next =
        account_margin.assess(lines.account(R"("collateral":[{"asset":"USDC","qty":2}])"));
    CHECK(next.status == record::MarginStatus::ok);
    CHECK(*next.initial_margin == 0.0);
    CHECK_FALSE(next.health);
}

TEST_CASE("an account in a currency that the policy does not take at par is indeterminate") {
    Lines lines;
    add_two_coins(lines);
    desk::AccountMargin account_margin = lines.account_margin();
    CHECK(account_margin.assess(lines.account(R"("currency":"USDC")")).status == record::MarginStatus::ok);
    CHECK(account_margin.assess(lines.account(R"("currency":"EUR")")).status ==
          record::MarginStatus::indeterminate);
    CHECK(account_margin.assess(lines.account(R"("currency":"BTC")")).status ==
          record::MarginStatus::indeterminate);
}

TEST_CASE("isolated positions are required for one by one and are as healthy as the worst") {
    Lines lines;
    add_two_coins(lines);
    desk::AccountMargin account_margin = lines.account_margin();
    const record::Margin& margin = account_margin.assess(lines.account(three_isolated));
    REQUIRE(margin.status == record::MarginStatus::ok);
    REQUIRE(margin.isolated.size() == 3);
    double initial = 0.0, equity = 0.0, worst = 1e300;
    for (const record::IsolatedMargin& row : margin.isolated) {
        initial += row.initial_margin;
        equity += row.equity;
        worst = std::min(worst, *row.health);
    }
    CHECK_THAT(*margin.initial_margin, WithinRel(initial, 1e-14));
    CHECK_THAT(*margin.equity, WithinRel(equity, 1e-14));
    CHECK(*margin.health == worst);
    CHECK_FALSE(margin.worst_scenario);
}

TEST_CASE("the parts of isolated positions large and small sum to the requirement exactly") {
    Lines lines;
    add_two_coins(lines);
    desk::AccountMargin account_margin = lines.account_margin();
    for (int i = 1; i < 100; ++i) {
        const std::string qty = std::to_string(0.0371 * i);
        const record::Margin& margin = account_margin.assess(
            lines.account(R"("margin_mode":"isolated","positions":[)"
                          R"({"symbol":"BTC-30JAN26-100000-C","qty":-371.1,"isolated_margin":1e7},)"
                          R"({"symbol":"BTC_USDC-PERPETUAL","qty":)" +
                          qty +
                          R"(,"entry_price":99000,"isolated_margin":3},)"
                          R"({"symbol":"ETH_USDC-PERPETUAL","qty":-0.00176543,"entry_price":4000,)"
                          R"("isolated_margin":9}],"score":{"status":"ok","multiplier":1.0371})"));
        CHECK(sum_of(*margin.parts) == *margin.initial_margin);
    }
}

TEST_CASE("an isolated account with one bad position is indeterminate as a whole") {
    Lines lines;
    add_two_coins(lines);
    desk::AccountMargin account_margin = lines.account_margin();
    const record::Margin& margin = account_margin.assess(lines.account(
        R"("margin_mode":"isolated","positions":[)"
        R"({"symbol":"BTC_USDC-PERPETUAL","qty":0.1,"entry_price":99000,"isolated_margin":3000},)"
        R"({"symbol":"ETH_USDC-PERPETUAL","qty":-1,"entry_price":4000}])"));
    CHECK(margin.status == record::MarginStatus::indeterminate);
    CHECK(margin.isolated.empty());
    CHECK_FALSE(margin.equity);
}

TEST_CASE("a score's multiplier moves the requirement within the policy's bounds") {
    Lines lines;
    add_two_coins(lines);
    desk::AccountMargin account_margin = lines.account_margin();
    const std::string position =
        R"("positions":[{"symbol":"BTC_USDC-PERPETUAL","qty":1,"entry_price":90000}])";
    const record::Margin without = account_margin.assess(lines.account(position));
    // The multiplier is on risk, not on the cost to close.
    const double cost = (*without.parts)[Part::liquidity], plain = *without.initial_margin - cost;
    const auto scored = [&](const char* multiplier) {
        return *account_margin
                    .assess(lines.account(position + R"(,"score":{"status":"ok","multiplier":)" + multiplier +
                                          "}"))
                    .initial_margin -
               cost;
    };
    CHECK_THAT(scored("1.2"), WithinRel(1.2 * plain, 1e-12));
    CHECK_THAT(scored("0.01"), WithinRel(0.85 * plain, 1e-12));
    CHECK_THAT(scored("50"), WithinRel(1.5 * plain, 1e-12));
    CHECK_THAT(scored("null"), WithinRel(plain, 1e-12));
}

TEST_CASE("market lines in any order give the same figures to the bit") {
    const std::vector<std::pair<std::string, std::string>> market{
        {"price", R"("asset":"BTC","price":100000)"},
        {"ticker", R"("symbol":"BTC_USDC-PERPETUAL","mark_price":100010,"index_price":100005)"},
        {"ticker", R"("symbol":"ETH_USDC-PERPETUAL","mark_price":4001,"index_price":4000)"},
        {"ticker",
         R"("symbol":"BTC-30JAN26-100000-C","forward_price":100100,"mark_vol":0.6,"index_price":100004)"},
        {"vol", vol_members("ETH", 0.8)},
        {"vol", vol_members("BTC", 0.5)},
        {"correlation", R"("assets":["ETH","BTC"],"matrix":[[1,0.8],[0.8,1]],"samples":9,"shrinkage":0)"}};
    std::vector<std::size_t> order{0, 1, 2, 3, 4, 5, 6};
    std::string first;
    for (int round = 0; round < 40; ++round) {
        Lines lines;
        for (const std::size_t i : order) lines.with(market[i].first, market[i].second);
        desk::AccountMargin account_margin = lines.account_margin();
        std::string text;
        json::append_value(
            text, account_margin.assess(lines.account(
                      R"("collateral":[{"asset":"USDC","qty":10000},{"asset":"ETH","qty":3.3}],"positions":[)"
                      R"({"symbol":"BTC_USDC-PERPETUAL","qty":0.7,"entry_price":90000},)"
                      R"({"symbol":"ETH_USDC-PERPETUAL","qty":-7,"entry_price":4100},)"
                      R"({"symbol":"BTC-30JAN26-100000-C","qty":-1.3}])")));
        if (round == 0) first = text;
        REQUIRE(text == first);
        std::rotate(order.begin(), order.begin() + 1 + round % 3, order.end());
        std::swap(order[static_cast<std::size_t>(round) % 6], order[6]);
    }
    CHECK(first.find(R"("status":"ok")") != std::string::npos);
}
