#include "margin/portfolio/model.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "margin/lending/lognormal_model.hpp"
#include "margin/portfolio/parameters.hpp"
#include "margin/portfolio/scenario_margin.hpp"
#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinRel;

namespace {

constexpr const char* scenario_presets[] = {"derive-pm2",      "derive-pm1", "deribit-spm",
                                            "deribit-pm-2019", "paradex-pm", "span16"};

double sum(const Parts& p) {
    return std::accumulate(p.amounts.begin(), p.amounts.end(), 0.0);
}

}  // namespace

TEST_CASE("one perp under each rulebook, worked by hand") {
    const SampleMarket desk = three_coins();
    struct Case {
        std::string preset, symbol;
        double initial, maintenance;  // for 2 BTC
    };
    const double end = 0.16 / 0.84;  // of an inverse contract, in coin
    const auto c = GENERATE_COPY(values<Case>({
        {"derive-pm2", "BTC_USDC-PERPETUAL", 2e5 * (0.18 + 0.03 + 0.01), 2e5 * (0.8 * 0.18 + 0.03)},
        {"derive-pm1", "BTC_USDC-PERPETUAL", 2e5 * 1.25 * 0.23, 2e5 * 0.23},
        {"deribit-spm", "BTC-PERPETUAL", 2e5 * (end + 0.01), 2e5 * 0.8 * (end + 0.01)},
        {"deribit-spm", "BTC_USDC-PERPETUAL", 2e5 * 0.17, 2e5 * 0.8 * 0.17},
        {"paradex-pm", "BTC_USDC-PERPETUAL", 2e5 * 0.16, 2e5 * 0.08},
        {"span16", "BTC_USDC-PERPETUAL", 2e5 * 0.15, 2e5 * 0.15},
    }));
    INFO(c.preset << " " << c.symbol);
    const auto rulebook = model(c.preset, desk.market);
    const auto r = required(*rulebook, portfolio(desk.market, {{"USD", 1e6}}, {{c.symbol, 2, 100'000}}));
    CHECK_THAT(r.initial_margin, WithinRel(c.initial, 1e-12));
    CHECK_THAT(r.maintenance_margin, WithinRel(c.maintenance, 1e-12));
    CHECK(sum(r.parts) == r.initial_margin);
    REQUIRE(r.has_worst);
    REQUIRE(r.worst.moves.size() == 1);
    CHECK(r.worst.moves[0].second < 0.0);
}

TEST_CASE("a coin-settled perp is as large as the quote amount that its entry fixed") {
    const SampleMarket desk = three_coins();
    const auto rulebook = model("deribit-spm", desk.market);
    const auto at = [&](double qty, double entry) {
        return required(*rulebook, portfolio(desk.market, {{"BTC", 1}}, {{"BTC-PERPETUAL", qty, entry}}))
            .initial_margin;
    };
    // 25,000 USD of contracts, bought at 25,000 or at the price now, are one risk from here on.
    CHECK_THAT(at(1.0, 25'000), WithinRel(25'000 * (0.16 / 0.84 + 0.01), 1e-12));
    CHECK_THAT(at(0.25, 100'000), WithinRel(at(1.0, 25'000), 1e-12));
    CHECK_THAT(at(1.0, 200'000), WithinRel(2.0 * at(1.0, 100'000), 1e-12));
}

TEST_CASE("a vertical spread loses no more than its width, and its opposite nothing beyond its price") {
    const SampleMarket desk = three_coins();
    const auto rulebook = model("span16", desk.market);
    const auto r =
        required(*rulebook, portfolio(desk.market, {{"USD", 1e6}},
                                      {{"BTC_USDC-30JAN26-100000-C", -1}, {"BTC_USDC-30JAN26-110000-C", 1}}));
    CHECK(r.worst.moves[0].second > 0.0);
    CHECK(r.initial_margin > 0.0);
    CHECK(r.initial_margin < 10'000.0);
}

TEST_CASE("the model is the engine under the policy's own rule") {
    const SampleMarket desk = three_coins();
    margin::UnderlyingLegs book;
    book.spot = 100'000;
    margin::ExpiryLegs expiry;
    const auto symbol = desk.market.find_instrument("BTC_USDC-30JAN26-90000-P").value();
    const Timestamp at = *desk.market.instrument(symbol).terms.expiry;
    expiry.seconds = static_cast<double>(at.ms - now.ms) / 1000.0;
    expiry.forward = 100'000;
    expiry.options = {{90'000, pricing::OptionType::put, -3, 0.6},
                      {110'000, pricing::OptionType::call, 2, 0.6}};
    book.expiries = {expiry};
    book.futures = {{1.5, 100'000, 0.0}};
    const std::vector<Held> held{{"BTC_USDC-30JAN26-90000-P", -3},
                                 {"BTC_USDC-30JAN26-110000-C", 2},
                                 {"BTC_USDC-PERPETUAL", 1.5, 90'000}};
    for (const char* preset : scenario_presets) {
        INFO(preset);
        const auto params = policy::preset(preset).value().params<margin::ScenarioParams>().value();
        const auto rule = margin::scenario_rule(params, "BTC", pricing::Payoff::linear);
        const auto want = margin::scenario_margin(book, rule).value();
        const auto got = required(*model(preset, desk.market), portfolio(desk.market, {{"USD", 1e6}}, held));
        CHECK_THAT(got.initial_margin, WithinRel(want.initial, 1e-12));
        CHECK_THAT(got.maintenance_margin, WithinRel(want.maintenance, 1e-12));
        CHECK_THAT(got.worst.loss, WithinRel(want.scenario_loss, 1e-12));
    }
}

TEST_CASE("scenario models keep their laws") {
    const SampleMarket desk = three_coins();
    const std::vector<Held> held{{"BTC_USDC-PERPETUAL", 1.5, 90'000}, {"BTC_USDC-30JAN26-90000-P", -3},
                                 {"BTC_USDC-30JAN26-110000-C", 2},    {"BTC-30JAN26-100000-C", -1},
                                 {"ETH-PERPETUAL", -20, 4'000},       {"SOL_USDC-PERPETUAL", 100, 200}};
    for (const char* preset : scenario_presets) {
        INFO(preset);
        const auto rulebook = model(preset, desk.market);
        const auto account = portfolio(desk.market, {{"USD", 1e6}, {"BTC", 1.0}}, held);
        const auto r = required(*rulebook, account);
        CHECK(std::isfinite(r.initial_margin));
        CHECK(r.maintenance_margin > 0.0);
        CHECK(r.maintenance_margin <= r.initial_margin);
        CHECK(sum(r.parts) == r.initial_margin);
        CHECK(required(*rulebook, account).initial_margin == r.initial_margin);  // from its kept rows

        auto with_opposites = held;
        with_opposites.insert(with_opposites.end(),
                              {{"ETH_USDC-PERPETUAL", 7, 1}, {"ETH_USDC-PERPETUAL", -7, 2}});
        const auto same = portfolio(desk.market, {{"USD", 1e6}, {"BTC", 1.0}}, with_opposites);
        CHECK(required(*rulebook, same).initial_margin == r.initial_margin);

        auto backwards = held;
        std::reverse(backwards.begin(), backwards.end());
        const auto turned = portfolio(desk.market, {{"BTC", 1.0}, {"USD", 1e6}}, backwards);
        CHECK(required(*rulebook, turned).initial_margin == r.initial_margin);
    }
}

TEST_CASE("a shifted market is margined as if its prices stood there") {
    SampleMarket moved;
    moved.price("BTC", 90'000).mark("BTC_USDC-PERPETUAL", 90'000);
    moved.option("BTC_USDC-30JAN26-110000-C", 90'000, 0.6).mark("BTC-PERPETUAL", 90'000);
    const SampleMarket desk = three_coins();
    market::Shift shift(desk.market.assets(), 1.0);
    shift[desk.market.find_asset("BTC").value()] = 0.9;
    const std::vector<Held> held{
        {"BTC_USDC-PERPETUAL", 1, 90'000}, {"BTC_USDC-30JAN26-110000-C", -4}, {"BTC-PERPETUAL", 2, 90'000}};
    for (const char* preset : scenario_presets) {
        INFO(preset);
        const auto here = model(preset, desk.market), there = model(preset, moved.market);
        const auto shifted = required(*here, portfolio(desk.market, {{"USD", 1e6}}, held), shift);
        const auto stands = required(*there, portfolio(moved.market, {{"USD", 1e6}}, held));
        CHECK_THAT(shifted.initial_margin, WithinRel(stands.initial_margin, 1e-9));
        CHECK_THAT(shifted.maintenance_margin, WithinRel(stands.maintenance_margin, 1e-9));
    }
}

TEST_CASE("the worst move of an underlying held linear and inverse is the costlier one, named once") {
    const SampleMarket desk = three_coins();
    const auto rulebook = model("deribit-spm", desk.market);
    const auto r =
        required(*rulebook, portfolio(desk.market, {{"USD", 1e6}},
                                      {{"BTC-PERPETUAL", 1, 100'000}, {"BTC_USDC-PERPETUAL", -3, 1}}));
    REQUIRE(r.worst.moves.size() == 1);
    CHECK(r.worst.moves[0].second == 0.16);
    CHECK_THAT(r.worst.loss, WithinRel(1e5 * 0.16 / 0.84 + 3e5 * 0.16, 1e-12));
}

TEST_CASE("risk-cancelling collateral offsets a short perp") {
    const SampleMarket desk = three_coins();
    const auto rulebook = model("derive-pm2", desk.market);
    const auto alone =
        required(*rulebook, portfolio(desk.market, {{"USD", 1e6}}, {{"BTC_USDC-PERPETUAL", -1, 100'000}}));
    const auto held = required(*rulebook, portfolio(desk.market, {{"USD", 1e6}, {"BTC", 1.0}},
                                                    {{"BTC_USDC-PERPETUAL", -1, 100'000}}));
    CHECK_THAT(alone.maintenance_margin, WithinRel(1e5 * (0.8 * 0.18 + 0.03), 1e-12));
    CHECK_THAT(held.maintenance_margin, WithinRel(1e5 * 0.03, 1e-12));
    CHECK_THAT(held.initial_margin, WithinRel(1e5 * (0.03 + 0.01 + 0.01), 1e-12));
}

TEST_CASE("coin-settled positions net with linear ones where the policy is not coin-margined") {
    const SampleMarket desk = three_coins();
    const std::vector<Held> held{{"BTC-PERPETUAL", 2, 100'000},
                                 {"BTC_USDC-PERPETUAL", -2, 100'000},
                                 {"BTC-30JAN26-100000-C", -1},
                                 {"BTC_USDC-30JAN26-100000-C", 1}};
    const auto account = portfolio(desk.market, {{"USD", 1e6}}, held);
    CHECK(required(*model("span16", desk.market), account).initial_margin == 0.0);
    CHECK(required(*model("deribit-spm", desk.market), account).initial_margin > 0.0);
}

TEST_CASE("a stable coin below its peg raises initial margin alone") {
    SampleMarket desk = three_coins();
    const auto at = [&] {
        return required(*model("derive-pm2", desk.market),
                        portfolio(desk.market, {{"USD", 1e6}}, {{"BTC-PERPETUAL", 1, 100'000}}));
    };
    const auto par = at();
    desk.price("USDC", 0.94);
    const auto below = at();
    CHECK(below.maintenance_margin == par.maintenance_margin);
    CHECK_THAT(below.parts[Part::base], WithinRel(1.2 * par.parts[Part::base], 1e-12));
}

TEST_CASE("an underlying without a fresh price has no figures") {
    SampleMarket desk;
    desk.mark("BTC_USDC-PERPETUAL", 100'000);
    const auto rulebook = model("derive-pm2", desk.market);
    const auto account = portfolio(desk.market, {{"USD", 1e6}}, {{"BTC_USDC-PERPETUAL", 1, 100'000}});
    margin::Requirement out;
    const Status missing = rulebook->require(account, {}, out);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == Errc::missing_market);
    desk.price("BTC", 100'000, 0.0, Timestamp{now.ms - 301'000});
    const Status stale = rulebook->require(account, {}, out);
    REQUIRE_FALSE(stale);
    CHECK(stale.error().code == Errc::stale);
}

TEST_CASE("parameters of the scenario model that contradict are refused") {
    const market::Market market;
    const auto document = policy::preset("derive-pm2").value();
    CHECK_FALSE(margin::make_scenario(document.with("initial_factor=0.7").value(), market));
    const auto tails = policy::preset("span16").value().with("price_ranges.DOGE=0.6").value();
    const auto made = margin::make_scenario(tails, market);  // twice 60 % is more than there is
    REQUIRE_FALSE(made);
    CHECK(made.error().field == "tail_moves");
}

TEST_CASE("the lognormal model margins each market by its own factor") {
    const SampleMarket desk = three_coins();
    const auto vega = model("vega", desk.market);
    const auto factors = margin::lognormal_risk_factors({1e-6, 9.506426342e-6, 0.0, 1.5}).value();
    const auto r =
        required(*vega, portfolio(desk.market, {{"USD", 1e6}},
                                  {{"BTC_USDC-PERPETUAL", 1, 90'000}, {"ETH_USDC-PERPETUAL", -5, 1}}));
    const double risk = 1e5 * factors.long_factor + 2e4 * factors.short_factor;
    CHECK_THAT(r.maintenance_margin, WithinRel(risk + 0.001 * 1.2e5, 1e-12));
    CHECK_THAT(r.initial_margin, WithinRel(1.2 * (risk + 120), 1e-12));
    CHECK_THAT(r.parts[Part::liquidity], WithinRel(144.0, 1e-9));
    CHECK(sum(r.parts) == r.initial_margin);
    margin::Requirement out;
    const auto option = portfolio(desk.market, {{"USD", 1e6}}, {{"BTC_USDC-30JAN26-90000-P", -3}});
    CHECK_FALSE(vega->require(option, {}, out));
}
