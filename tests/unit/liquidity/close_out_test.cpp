#include "liquidity/close_out.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <iterator>

#include "margin/dynamic/parameters.hpp"
#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::margin;
using namespace tidemark::sample;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

DynamicParams params(const std::vector<std::string>& sets = {}) {
    auto document = policy::preset("dynamic").value();
    for (const std::string& set : sets) document = document.with(set).value();
    return document.params<DynamicParams>().value();
}

const std::vector<std::pair<double, double>> book{{10, 2e6}, {25, 6e6}, {50, 12e6}};

market::LiquidityState deep(int state = 0, double scale = 1.0) {
    market::LiquidityState out{now, 0.0005, 1e8 * scale, book, 1.0, 0.5, state};
    for (auto& [basis_points, value] : out.depth) value *= scale;
    return out;
}

double cost_of(double net, const market::LiquidityState& state) {
    const DynamicParams p = params();
    return liquidity::close_out_cost({net, net, 0.0}, liquidity::measured_market(state, 0.6, p), p).amount;
}

}  // namespace

TEST_CASE("the optimal unwind takes the days of the closed form") {
    // Almgren et al. (2005): eta 0.142, beta 0.6, 99 %; minimised numerically to ten digits elsewhere.
    const double z = 2.3263478740408408;
    struct Case {
        double order_over_adv, days, cost;
    };
    const auto c = GENERATE(values<Case>({{0.1, 0.04359273778069467, 0.5141176788692717},
                                          {1.0, 0.1530624605673828, 0.9633626640657813},
                                          {5.0, 0.36823499290652645, 1.4942318657121865}}));
    const double days = liquidity::optimal_unwind_days(c.order_over_adv, 0.142, 0.6, z);
    const auto total = [&](double t) {
        return 0.142 * std::pow(c.order_over_adv / t, 0.6) + z * std::sqrt(t / 3.0);
    };
    CHECK_THAT(days, WithinRel(c.days, 1e-8));
    CHECK_THAT(total(days), WithinRel(c.cost, 1e-8));
    CHECK(total(days) < total(1.01 * days));
    CHECK(total(days) < total(0.99 * days));
}

TEST_CASE("a walk through the book pays the area under its price") {
    struct Case {
        std::string name;
        double value, basis_points;  // of the whole, worked by hand
    };
    const auto c = GENERATE(
        values<Case>({{"nothing", 0, 0},
                      {"half of the first level", 1e6, 2.5},
                      {"the first level", 2e6, 5},
                      {"two levels", 6e6, (2e6 * 5 + 4e6 * 17.5) / 6e6},
                      {"all of it", 12e6, (2e6 * 5 + 4e6 * 17.5 + 6e6 * 37.5) / 12e6},
                      {"twice all of it", 24e6, (2e6 * 5 + 4e6 * 17.5 + 6e6 * 37.5 + 12e6 * 75) / 24e6}}));
    INFO(c.name);
    CHECK_THAT(liquidity::book_walk_rate(c.value, book), WithinAbs(1e-4 * c.basis_points, 1e-15));
}

TEST_CASE("no walk costs more than everything, and an empty book costs just that") {
    CHECK(liquidity::book_walk_rate(1e15, book) == 1.0);
    CHECK(liquidity::book_walk_rate(1.0, {{10.0, 0.0}}) == 1.0);
    CHECK(liquidity::book_walk_rate(1.0, {}) == 0.0);
}

TEST_CASE("the cost is the stressed spread, the greater of walk and impact, and the spread of volatility") {
    const DynamicParams p = params();
    const liquidity::CloseOutMarket thin =
        liquidity::measured_market({now, 0.001, 1e7, {}, 1.0, 0.5, 0}, 0.6, p);
    const double x = 0.05, net = 5e5, days = x / 0.1;  // the optimum is shorter than 10 % of volume allows
    const double best = liquidity::optimal_unwind_days(x, 1.0, 0.5, 2.326);
    CHECK(best < days);
    const liquidity::CloseOutCost cost = liquidity::close_out_cost({2e6, net, 1e4}, thin, p);
    const double impact = 0.6 / std::sqrt(365.0) * std::sqrt(x / best);
    CHECK_THAT(cost.amount, WithinRel(2.0 * 0.001 * 2e6 + impact * net + 0.01 * 1e4, 1e-13));
    CHECK_THAT(cost.days, WithinRel(days, 1e-15));
    liquidity::CloseOutMarket shallow = thin;
    shallow.depth = {{100.0, 2e3}};  // walked in 48 clips over two days
    const double walk = liquidity::book_walk_rate(net / 48.0, shallow.depth);
    CHECK(walk > impact);
    CHECK_THAT(liquidity::close_out_cost({2e6, net, 1e4}, shallow, p).amount - cost.amount,
               WithinRel((walk - impact) * net, 1e-12));
}

TEST_CASE("twice the size costs more than twice as much, and half the depth costs more") {
    const double net = GENERATE(1e4, 1e6, 1e8, 1e9);
    CHECK(cost_of(2.0 * net, deep()) > 2.0 * cost_of(net, deep()));
    CHECK(cost_of(net, deep(0, 0.5)) > cost_of(net, deep()));
    // The book alone counts where it is thin for the volume: here a five-thousandth of what it was, and
    // half of that.
    market::LiquidityState thin = deep(), thinner = deep();
    for (auto& [basis_points, value] : thin.depth) value *= 0.0002;
    for (auto& [basis_points, value] : thinner.depth) value *= 0.0001;
    CHECK(cost_of(net, thin) >= cost_of(net, deep()));
    CHECK(cost_of(net, thinner) >= cost_of(net, thin));
    if (net == 1e6) CHECK(cost_of(net, thinner) > cost_of(net, thin));
}

TEST_CASE("each state of the market costs more than the one before") {
    double last = 0.0;
    for (int state = 0; state < 4; ++state) {
        const double cost = cost_of(1e7, deep(state));
        CHECK(cost > last);
        last = cost;
    }
    // Twice the rates in a stressed market, and no faster than half as much of its volume.
    const DynamicParams p = params();
    const auto days = [&](int state) {
        return liquidity::close_out_cost({2e7, 2e7, 0.0}, liquidity::measured_market(deep(state), 0.6, p), p)
            .days;
    };
    CHECK_THAT(days(2), WithinRel(2.0 * days(0), 1e-13));
}

TEST_CASE("what a record does not say is taken from the policy") {
    const DynamicParams p = params();
    const liquidity::CloseOutMarket none = liquidity::unmeasured_market(0.6, p);
    const liquidity::CloseOutMarket empty =
        liquidity::measured_market({now, 0.0, 0.0, {}, 0.0, 0.5, 0}, 0.6, p);
    CHECK(empty.half_spread_rate == none.half_spread_rate);
    CHECK(empty.adv_value == none.adv_value);
    CHECK(empty.impact_coefficient == none.impact_coefficient);
}

TEST_CASE("the liquidity part is the cost to close what is held, not its collateral") {
    SampleMarket desk = three_coins();
    desk.liquidity("BTC");
    const auto cost = [&](double crossed, double net, double vega = 0.0) {
        const DynamicParams p = params();
        const double vol = 0.5 * (0.75 + 0.25 * 1.5);
        return liquidity::close_out_cost(
                   {crossed, net, vega},
                   liquidity::measured_market(*desk.market.asset(*desk.market.find_asset("BTC")).liquidity,
                                              vol, p),
                   p)
            .amount;
    };
    CHECK_THAT(charged(desk, {}, {{"BTC_USDC-PERPETUAL", 3, 1}}).parts[Part::liquidity],
               WithinRel(cost(3e5, 3e5), 1e-9));
    CHECK_THAT(charged(desk, {{"BTC", 3}}, {{"BTC_USDC-PERPETUAL", 3, 1}}).parts[Part::liquidity],
               WithinRel(cost(3e5, 3e5), 1e-9));
    CHECK(charged(desk, {{"BTC", 3}}, {}).parts[Part::liquidity] == 0.0);
    // Debt has to be bought back; the legs of a hedge are crossed one by one, and have no impact.
    CHECK_THAT(charged(desk, {{"BTC", -3}}, {}).parts[Part::liquidity], WithinRel(cost(3e5, 3e5), 1e-9));
    const auto hedged = charged(desk, {}, {{"BTC_USDC-PERPETUAL", 3, 1}, {"BTC-PERPETUAL", -3, 100'000}});
    CHECK_THAT(hedged.parts[Part::liquidity], WithinRel(cost(6e5, 0), 1e-9));
    CHECK_THAT(hedged.initial_margin, WithinRel(hedged.parts[Part::liquidity], 1e-12));
}

TEST_CASE("a record without a state is not taken for a calm market") {
    const DynamicParams p = params();
    const auto factor = [&](std::optional<int> state) {
        return liquidity::measured_market({now, 0.001, 1e7, {}, 1.0, 0.5, state}, 0.6, p).state_factor;
    };
    CHECK(factor(0) == p.state_factors[0]);
    CHECK(factor(3) == p.state_factors[3]);
    CHECK(factor(std::nullopt) == p.unmeasured_state_factor);
    CHECK(factor(std::nullopt) > factor(0));
}

TEST_CASE("a market that was not measured costs more than a calm one, and says so") {
    const std::vector<Held> held{{"BTC_USDC-PERPETUAL", 3, 1}};
    const auto unknown = charged(three_coins(), {}, held);
    SampleMarket known = three_coins();
    known.liquidity("BTC").price("BTC", 100'000, 0.0, Timestamp{now.ms + 1});
    const auto calm = charged(known, {}, held);
    CHECK(unknown.parts[Part::liquidity] > 3.0 * calm.parts[Part::liquidity]);
    const auto depths = [](const Requirement& r) {
        return std::count_if(r.assumed.begin(), r.assumed.end(),
                             [](const Assumption& a) { return a.what == Assumed::liquidity; });
    };
    CHECK(depths(unknown) == 1);
    CHECK(depths(calm) == 0);
}

TEST_CASE("a record that is too old counts as no better than none") {
    const auto at = [](std::int64_t seconds, int state) {
        SampleMarket desk = three_coins();
        desk.liquidity("BTC", state, Timestamp{now.ms - seconds * 1000});
        return charged(desk, {}, {{"BTC_USDC-PERPETUAL", 3, 1}});
    };
    const auto unknown = charged(three_coins(), {}, {{"BTC_USDC-PERPETUAL", 3, 1}});
    CHECK(at(3600, 0).parts[Part::liquidity] < unknown.parts[Part::liquidity]);
    CHECK(at(3600, 0).oldest == Timestamp{now.ms - 3'600'000});
    CHECK_THAT(at(3601, 0).parts[Part::liquidity], WithinRel(unknown.parts[Part::liquidity], 1e-9));
    SampleMarket bad = three_coins();
    const market::LiquidityState worse{Timestamp{now.ms - 3'601'000}, 0.05, 1e5, {}, 1.0, 0.5, 3};
    bad.liquidity("BTC", worse);
    CHECK(charged(bad, {}, {{"BTC_USDC-PERPETUAL", 3, 1}}).parts[Part::liquidity] >
          unknown.parts[Part::liquidity]);
}

TEST_CASE("an unwind longer than the horizon is charged by the root of its time") {
    SampleMarket desk = three_coins();
    desk.liquidity("BTC");
    const std::vector<std::string> only{"liquidity_weight=0", "stress_weight=0"};
    // 80 million at a tenth of 100 million a day: eight days for a horizon of two.
    const auto large = charged(desk, {}, {{"BTC_USDC-PERPETUAL", 800, 1}}, only);
    CHECK_THAT(large.parts[Part::concentration],
               WithinRel(large.parts[Part::gamma] + large.parts[Part::base], 1e-12));
    CHECK(charged(desk, {}, {{"BTC_USDC-PERPETUAL", 200, 1}}, only).parts[Part::concentration] == 0.0);
    const auto short_put = charged(desk, {}, {{"BTC_USDC-30JAN26-100000-P", -1600}}, only);
    CHECK(short_put.parts[Part::concentration] > short_put.initial_margin / 2.0);
}

TEST_CASE("no add-on and no multiplier makes a long option need more than it is worth") {
    SampleMarket desk = three_coins();
    const std::vector<Held> held{{"BTC_USDC-30JAN26-120000-C", 1000}};
    const auto dynamic = model("dynamic", desk.market, {"horizon_days=30"});
    market::Portfolio account = portfolio(desk.market, {{"USD", 1.0}}, held);
    account.multiplier = 1.5;
    const auto r = required(*dynamic, account);
    CHECK_THAT(r.initial_margin, WithinRel(r.equity - 1.0, 1e-9));
    CHECK(r.maintenance_margin < r.initial_margin);
}

TEST_CASE("a weight of nothing switches a part off and says so") {
    const auto charged = [](const std::vector<std::string>& sets) {
        const SampleMarket desk = three_coins();
        const auto dynamic = model("dynamic", desk.market, sets);
        return std::vector<Part>(dynamic->charged().begin(), dynamic->charged().end());
    };
    CHECK(charged({}).size() == word_count<Part>);
    CHECK(
        charged({"liquidity_weight=0", "orders_weight=0", "concentration_weight=0"}) ==
        std::vector{Part::base, Part::volatility, Part::skew, Part::gamma, Part::correlation, Part::account});
}
