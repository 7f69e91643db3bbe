#include "report/binding_constraint.hpp"

#include "desk/comparison.hpp"
#include "report/standalone.hpp"
#include "unit/desk/lines.hpp"

using namespace tidemark;
using namespace tidemark::desk;
using namespace tidemark::report;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

record::Binds bound(std::string_view preset, std::string_view members) {
    Lines lines{preset};
    add_two_coins(lines);
    desk::AccountMargin account_margin = lines.account_margin();
    const record::Account account = lines.account(members);
    const record::Margin& margin = account_margin.assess(account);
    if (margin.reason) FAIL(*margin.reason);
    record::Binds out = report::binding_constraint_of(account_margin.judged());
    // The leg is a view of the market's own name, which goes with it here.
    if (out.leg)
        out.leg = *out.leg == "BTC_USDC-PERPETUAL"   ? std::optional{"btc"}
                  : *out.leg == "ETH_USDC-PERPETUAL" ? std::optional{"eth"}
                  : *out.leg == "BTC"                ? std::optional{"coin"}
                                                     : std::optional{"other"};
    return out;
}

constexpr const char* pair = R"("collateral":[{"asset":"USD","qty":50000}],"positions":[)"
                             R"({"symbol":"BTC_USDC-PERPETUAL","qty":0.1,"entry_price":100000},)"
                             R"({"symbol":"ETH_USDC-PERPETUAL","qty":-5,"entry_price":4000}])";

}  // namespace

TEST_CASE("position by position, the leg that needs most by itself decides") {
    const auto binds = bound("static", pair);
    CHECK(binds.by == Binding::positions);
    CHECK(binds.part == "base");
    CHECK_THAT(binds.amount, WithinRel(3'000.0, 1e-12));
    CHECK(*binds.leg == "eth");
    CHECK_THAT(*binds.leg_amount, WithinRel(2'000.0, 1e-12));
}

TEST_CASE("by scenario, the leg that loses most in the worst decides") {
    const auto binds = bound("span16", pair);
    CHECK(binds.by == Binding::scenario);
    CHECK(*binds.leg == "eth");
    CHECK_THAT(*binds.leg_amount, WithinRel(20'000 * 0.15, 1e-12));
}

TEST_CASE("collateral that moves with the market may be what decides") {
    const auto binds =
        bound("dynamic", R"("collateral":[{"asset":"BTC","qty":2},{"asset":"USD","qty":-10000}])");
    CHECK(binds.by == Binding::scenario);
    CHECK(*binds.leg == "coin");
}

TEST_CASE("a floor that is above every scenario is what decides") {
    // A calendar of one strike loses nothing in a move, but its expiries may part.
    Lines lines{"derive-pm2"};
    add_two_coins(lines);
    lines.with(
        "ticker",
        R"("symbol":"BTC-27FEB26-100000-C","forward_price":100000,"mark_vol":0.6,"price_unit":"coin")");
    desk::AccountMargin account_margin = lines.account_margin();
    const record::Account account = lines.account(
        R"("collateral":[{"asset":"USD","qty":90000}],"positions":[{"symbol":"BTC-30JAN26-100000-C","qty":1},)"
        R"({"symbol":"BTC-27FEB26-100000-C","qty":-1}])");
    REQUIRE(account_margin.assess(account).status == record::MarginStatus::ok);
    const auto binds = report::binding_constraint_of(account_margin.judged());
    CHECK(binds.by == Binding::basis);
    CHECK_FALSE(binds.leg);
}

TEST_CASE("where nothing is required nothing decides") {
    CHECK(bound("static", R"("collateral":[{"asset":"USD","qty":5}])").by == Binding::nothing);
}

TEST_CASE("holdings alone add up to the account's equity") {
    const std::string preset = GENERATE("dynamic", "static", "derive-pm2", "vega", "drift", "derive-srm");
    Lines lines{preset};
    add_two_coins(lines);
    desk::AccountMargin account_margin = lines.account_margin();
    const record::Account account = lines.account(pair);
    const record::Margin& margin = account_margin.assess(account);
    double equity = 0.0;
    for (const report::Standalone& alone : report::standalone_legs(account_margin.judged()))
        equity += alone.equity;
    CHECK_THAT(equity, WithinAbs(*margin.equity, 1e-9));
}

TEST_CASE("a list of policies is names with commas, each once and known") {
    CHECK(desk::policies_of("dynamic,static,derive-pm2").value().size() == 3);
    for (const char* wrong : {"", "static,", ",static", "static,static"}) {
        INFO(wrong);
        REQUIRE_FALSE(desk::policies_of(wrong));
        CHECK(desk::policies_of(wrong).error().code == Errc::usage);
    }
    const auto unknown = desk::policies_of("static,statik");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().message.find("derive-pm2") != std::string::npos);
}
