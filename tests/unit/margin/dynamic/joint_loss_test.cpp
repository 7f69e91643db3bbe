#include "margin/dynamic/joint_loss.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::sample;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

/// Expected shortfall over two days, as in dynamic_test.
constexpr double shortfall = 0.27325786572935895;
constexpr double btc = 100'000 * 0.5 * shortfall, eth = 4'000 * 0.8 * shortfall, sol = 200 * shortfall;

const std::vector<std::string> risk_alone{"account_multiplier_floor=1", "account_multiplier_cap=1"};

/// sqrt(w'Cw) of BTC, ETH and SOL.
double elliptic(double b, double e, double s, double be, double bs, double es) {
    const double x = b * btc, y = e * eth, z = s * sol;
    return std::sqrt(x * x + y * y + z * z + 2.0 * (be * x * y + bs * x * z + es * y * z));
}

double three(const SampleMarket& desk, double b, double e, double s) {
    return needed(desk, {},
                  {{"BTC_USDC-PERPETUAL", b, 1}, {"ETH_USDC-PERPETUAL", e, 1}, {"SOL_USDC-PERPETUAL", s, 1}},
                  risk_alone)
        .initial_margin;
}

}  // namespace

TEST_CASE("a linear book of three needs sqrt(w'Cw), every pair at its own worse bound") {
    SampleMarket desk = three_coins();
    desk.correlation({"BTC", "ETH", "SOL"}, {{1, 0.8, 0.5}, {0.8, 1, 0.6}, {0.5, 0.6, 1}});
    struct Case {
        std::string name;
        double b, e, s, be, bs, es;
    };
    const auto c = GENERATE(values<Case>({{"all long", 1, 20, 300, 0.95, 0.65, 0.75},
                                          {"all short", -1, -20, -300, 0.95, 0.65, 0.75},
                                          {"BTC against two", 1, -20, -300, 0.65, 0.35, 0.75},
                                          {"ETH against two", 1, -20, 300, 0.65, 0.65, 0.45},
                                          {"SOL against two", 2, 10, -700, 0.95, 0.35, 0.45}}));
    INFO(c.name);
    CHECK_THAT(three(desk, c.b, c.e, c.s), WithinRel(elliptic(c.b, c.e, c.s, c.be, c.bs, c.es), 1e-13));
}

TEST_CASE("a pair that was not measured takes the policy's worse bound, the measured pairs keep theirs") {
    SampleMarket desk = three_coins();
    desk.correlation({"BTC", "ETH"}, {{1, 0.9}, {0.9, 1}});
    CHECK_THAT(three(desk, 1, -20, 300), WithinRel(elliptic(1, -20, 300, 0.75, 0.95, 0.3), 1e-13));
}

TEST_CASE("a correlation that is too old counts as not measured") {
    const auto at_age = [](std::int64_t seconds) {
        SampleMarket desk = three_coins();
        desk.correlation({"BTC", "ETH"}, {{1, 0.9}, {0.9, 1}}, Timestamp{now.ms - seconds * 1000});
        return needed(desk, {}, {{"BTC_USDC-PERPETUAL", 1, 1}, {"ETH_USDC-PERPETUAL", -20, 1}}, risk_alone);
    };
    CHECK_THAT(at_age(604'800).initial_margin, WithinRel(elliptic(1, -20, 0, 0.75, 0, 0), 1e-13));
    CHECK(at_age(604'800).oldest == Timestamp{now.ms - 604'800'000});
    CHECK_THAT(at_age(604'801).initial_margin, WithinRel(elliptic(1, -20, 0, 0.3, 0, 0), 1e-13));
    CHECK(at_age(604'801).oldest == now);
}

TEST_CASE("a matrix that no prices can have lets no pair hedge better than its least correlation") {
    // BTC moves with ETH and with SOL, which do not move with each other: not positive semidefinite.
    SampleMarket desk = three_coins();
    desk.correlation({"BTC", "ETH", "SOL"}, {{1, 0.95, 0.95}, {0.95, 1, 0.3}, {0.95, 0.3, 1}});
    const std::vector<std::string> unmoved{"correlation_band=0"};
    const double b = -0.9, e = btc / eth * 0.5, s = btc / sol * 0.5;
    const auto r = needed(
        desk, {}, {{"BTC_USDC-PERPETUAL", b, 1}, {"ETH_USDC-PERPETUAL", e, 1}, {"SOL_USDC-PERPETUAL", s, 1}},
        unmoved);
    // The matrix as it stands would give less than nothing squared.
    CHECK(0.81 + 0.5 - 2 * 0.95 * 0.9 + 2 * 0.3 * 0.25 < 0.0);
    CHECK_THAT(r.initial_margin, WithinRel(elliptic(b, e, s, 0.3, 0.3, 0.3), 1e-12));
}

TEST_CASE("the share of the offset runs from what correlations allow to the sum of the losses") {
    const SampleMarket desk = three_coins();
    const std::vector<Held> held{{"BTC_USDC-PERPETUAL", 1, 1}, {"ETH_USDC-PERPETUAL", -20, 1}};
    const double full = needed(desk, {}, held).initial_margin;
    const double none = needed(desk, {}, held, {"offset_share=0"}).initial_margin;
    const double half = needed(desk, {}, held, {"offset_share=0.5"}).initial_margin;
    CHECK_THAT(none, WithinRel(btc + 20 * eth, 1e-14));
    CHECK_THAT(half, WithinRel(0.5 * (full + none), 1e-13));
}
