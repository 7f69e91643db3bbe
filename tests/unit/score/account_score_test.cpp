#include "score/account_score.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using score::AccountScore;
using score::ScoreParams;

namespace {

struct Scored {
    AccountScore score;
    std::array<double, 4> steps;
    margin::Requirement required;
};

Scored scored(const SampleMarket& desk, const std::vector<Cash>& cash, const std::vector<Held>& held) {
    const auto rule = model("dynamic", desk.market);
    const market::Portfolio account = portfolio(desk.market, cash, held);
    const margin::Requirement r = required(*rule, account);
    const ScoreParams params = ScoreParams::standard();
    return {score::account_score(desk.market, rule->view(), account, r, params).value(),
            score::profit_deviations(desk.market, rule->view(), account, params).value(), r};
}

double sum_of(const AccountScore& s) {
    double sum = 0.0;
    for (const score::Reason& reason : s.reasons) sum += reason.points;
    return sum;
}

}  // namespace

TEST_CASE("a linear position deviates by its delta times volatility") {
    SampleMarket desk = three_coins();
    desk.vol("BTC", 0.75, 0.5, Timestamp{now.ms + 1});
    const Scored s = scored(desk, {{"USD", 25'000}}, {{"BTC_USDC-PERPETUAL", 1, 100'000}});
    const double root_day = std::sqrt(1.0 / 365.0);
    CHECK_THAT(s.steps[0], WithinRel(100'000 * 0.5 * root_day, 1e-13));
    CHECK_THAT(s.steps[1], WithinRel(100'000 * 0.75 * root_day, 1e-13));
    // Repriced one deviation up and down: sqrt((e^s - 1)^2 / 2 + (1 - e^-s)^2 / 2).
    const double up = std::expm1(0.75 * root_day), down = std::expm1(-0.75 * root_day);
    CHECK_THAT(s.steps[2], WithinRel(100'000 * std::sqrt(0.5 * (up * up + down * down)), 1e-12));
    CHECK(s.steps[3] == s.steps[2]);
    const double z = (s.required.equity - s.required.maintenance_margin) / s.steps[3];
    CHECK_THAT(s.score.breach_prob, WithinRel(std::erfc(z / std::sqrt(2.0)), 1e-10));
}

TEST_CASE("reasons and the top of the scale sum to the points") {
    const SampleMarket desk = three_coins();
    const ScoreParams params = ScoreParams::standard();
    const auto c = GENERATE(values<std::vector<Held>>(
        {{},
         {{"BTC_USDC-PERPETUAL", 0.3, 100'000}},
         {{"BTC_USDC-30JAN26-90000-P", -0.6}, {"BTC_USDC-30JAN26-110000-C", -0.5}},
         {{"BTC_USDC-PERPETUAL", 0.5, 100'000}, {"ETH_USDC-PERPETUAL", -10, 4'000}}}));
    const Scored s = scored(desk, {{"USD", 40'000}}, c);
    const double top = params.scale().points(params.least_probability);
    CHECK_THAT(top + sum_of(s.score), WithinAbs(s.score.points, 1e-9));
    CHECK(s.score.points <= top);
    CHECK_THAT(params.scale().points(s.score.breach_prob), WithinAbs(s.score.points, 1e-9));
}

TEST_CASE("hedges win points back, and say so") {
    const SampleMarket desk = three_coins();
    const Scored alone = scored(desk, {{"USD", 40'000}}, {{"BTC_USDC-PERPETUAL", 1, 100'000}});
    const Scored hedged = scored(desk, {{"USD", 40'000}},
                                 {{"BTC_USDC-PERPETUAL", 1, 100'000}, {"ETH_USDC-PERPETUAL", -20, 4'000}});
    CHECK(hedged.score.reasons[3].code == "offset");
    CHECK(hedged.score.reasons[3].points > 0.0);
    CHECK(alone.score.reasons[3].points == 0.0);
    CHECK(hedged.steps[3] < hedged.steps[2]);
}

TEST_CASE("an account that nothing is required of scores the most there is; one beyond its edge the least") {
    const SampleMarket desk = three_coins();
    const ScoreParams params = ScoreParams::standard();
    CHECK(scored(desk, {{"USD", 1}}, {}).score.breach_prob == params.least_probability);
    const Scored gone = scored(desk, {{"USD", 1}}, {{"BTC_USDC-PERPETUAL", 1, 100'000}});
    CHECK(gone.score.breach_prob == params.most_probability);
    CHECK(scored(desk, {{"USD", -1}}, {}).score.breach_prob == params.most_probability);
}

TEST_CASE("more equity never scores less, and a larger position never more") {
    const SampleMarket desk = three_coins();
    double last = -1e300;
    for (double usd = 10'000; usd < 200'000; usd *= 1.2) {
        const double points = scored(desk, {{"USD", usd}}, {{"BTC_USDC-PERPETUAL", 1, 100'000}}).score.points;
        CHECK(points >= last);
        last = points;
    }
    last = 1e300;
    for (double qty = 0.05; qty < 3.0; qty *= 1.2) {
        const double points =
            scored(desk, {{"USD", 40'000}}, {{"BTC_USDC-PERPETUAL", qty, 100'000}}).score.points;
        CHECK(points <= last);
        last = points;
    }
}

TEST_CASE("measured correlation is used where it covers every pair") {
    SampleMarket desk = three_coins();
    const std::vector<Held> both{{"BTC_USDC-PERPETUAL", 1, 100'000}, {"ETH_USDC-PERPETUAL", 25, 4'000}};
    const double assumed = scored(desk, {{"USD", 90'000}}, both).steps[3];
    desk.correlation({"BTC", "ETH"}, {{1, 0.0}, {0.0, 1}});
    const Scored independent = scored(desk, {{"USD", 90'000}}, both);
    CHECK(independent.steps[3] < assumed);
    const double btc = scored(desk, {{"USD", 90'000}}, {both[0]}).steps[2];
    const double eth = scored(desk, {{"USD", 90'000}}, {both[1]}).steps[2];
    CHECK_THAT(independent.steps[3], WithinRel(std::hypot(btc, eth), 1e-12));
}

TEST_CASE("a position without a volatility has no score") {
    SampleMarket desk = three_coins();
    desk.mark("DOGE_USDC-PERPETUAL", 0.2);
    const auto rule = model("static", desk.market);
    const market::Portfolio account =
        portfolio(desk.market, {{"USD", 10}}, {{"DOGE_USDC-PERPETUAL", 1, 0.2}});
    const margin::Requirement r = required(*rule, account);
    const auto found = score::account_score(desk.market, rule->view(), account, r, ScoreParams::standard());
    REQUIRE_FALSE(found);
    CHECK(found.error().code == Errc::missing_market);
}
