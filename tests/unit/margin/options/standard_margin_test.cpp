#include "margin/options/standard_margin.hpp"

#include <catch2/catch.hpp>

#include "liquidation/venue/auction.hpp"

using namespace tidemark;
using namespace tidemark::margin;
using Catch::Matchers::WithinAbs;
using tidemark::pricing::OptionType;

namespace {

// docs.derive.xyz, standard margin: perp 10 % / 6.5 %, options 15 % / 13 % / 9 %.
const StandardMarginParams docs{.perp_initial = 0.1,
                                .perp_maintenance = 0.065,
                                .max_spot_rate = 0.15,
                                .min_spot_rate = 0.13,
                                .maintenance_call = 0.09,
                                .maintenance_put = 0.09,
                                .maintenance_put_mark = 0.09,
                                .initial_over_maintenance = 1.05,
                                .unpaired_initial = 1.2,
                                .unpaired_maintenance = 1.1,
                                .base_factor = 0.8,
                                .base_initial_scale = 0.9375,
                                .confidence_threshold = 0.55,
                                .confidence_factor = 1.0,
                                .depeg_threshold = 0.99,
                                .depeg_factor = 2.0};

StandardMarket with_options(double spot, std::vector<StandardOption> options) {
    StandardMarket market;
    market.spot = spot;
    market.expiries.push_back({spot, 1.0, std::move(options)});
    return market;
}

StandardMarket eth_call_spread() {
    return with_options(2100, {{1700, OptionType::call, -8, 420}, {1900, OptionType::call, 8, 240}});
}

}  // namespace

TEST_CASE("Derive's documented examples of standard margin") {
    SECTION("short calls alone") {
        const StandardMarket eth = with_options(1900, {{1800, OptionType::call, -3, 120}});
        const auto margin = standard_margin({&eth, 1}, 2000, 1.0, docs);
        CHECK_THAT(margin.initial, WithinAbs(785, 1e-9));
        CHECK_THAT(margin.maintenance, WithinAbs(1127, 1e-9));
        CHECK_THAT(margin.mark_to_market, WithinAbs(2000 - 360, 1e-9));
    }
    SECTION("a spread is charged its largest loss") {
        const StandardMarket eth = eth_call_spread();
        const auto margin = standard_margin({&eth, 1}, 2000, 1.0, docs);
        CHECK_THAT(margin.initial, WithinAbs(400, 1e-9));
        CHECK_THAT(margin.maintenance, WithinAbs(400, 1e-9));
    }
    SECTION("with seven BTC perps, then a doubtful oracle and a broken peg") {
        std::vector<StandardMarket> markets{eth_call_spread(), {}};
        markets[1].spot = markets[1].perp_price = 28'000;
        markets[1].perp_qty = 7;
        const auto sound = standard_margin(markets, 25'000, 1.0, docs);
        CHECK_THAT(sound.initial, WithinAbs(3800, 1e-9));
        CHECK_THAT(sound.maintenance, WithinAbs(10'660, 1e-9));
        markets[1].perp_confidence = 0.5;
        const auto doubtful = standard_margin(markets, 25'000, 0.70, docs);
        CHECK_THAT(doubtful.initial, WithinAbs(-217'624, 1e-6));
        CHECK_THAT(doubtful.maintenance, WithinAbs(10'660, 1e-9));
    }
}

TEST_CASE("a long option neither needs nor gives margin, and a short box its width") {
    const StandardMarket held = with_options(2000, {{2000, OptionType::put, 5, 90}});
    const auto margin = standard_margin({&held, 1}, 0, 1.0, docs);
    CHECK(margin.initial == 0.0);
    CHECK(margin.maintenance == 0.0);
    const StandardMarket box = with_options(2000, {{1000, OptionType::call, -1, 1000},
                                                   {1000, OptionType::put, 1, 0},
                                                   {2000, OptionType::call, 1, 50},
                                                   {2000, OptionType::put, -1, 50}});
    CHECK_THAT(standard_margin({&box, 1}, 0, 1.0, docs).initial, WithinAbs(-1000, 1e-9));
}

TEST_CASE("initial margin is never kinder than maintenance") {
    const double strike = GENERATE(100.0, 1500.0, 2000.0, 7400.0);
    const auto type = GENERATE(OptionType::call, OptionType::put);
    const double mark = GENERATE(1.0, 500.0, 6000.0);
    const StandardMarket market = with_options(2000, {{strike, type, -1, mark}});
    const auto margin = standard_margin({&market, 1}, 0, 1.0, docs);
    CHECK(margin.initial <= margin.maintenance);
}

TEST_CASE("Derive's documented liquidation") {
    const liquidation::AuctionedAccount first{100'000, -60'000, 0};
    CHECK_THAT(liquidation::liquidation_fee(first, 0.1), WithinAbs(3750, 1e-9));
    CHECK_THAT(liquidation::cash_required({98'000, -62'000, 0}, 0.2, 0.12), WithinAbs(29'648, 1e-9));
    CHECK_THAT(liquidation::bid_cost({98'000, -62'000, 0}, 0.2, 0.12), WithinAbs(17'248, 1e-9));
    CHECK_THAT(liquidation::max_share({82'000, -46'000, 17'248}, 0.3), WithinAbs(0.4237, 5e-5));
    CHECK_THAT(liquidation::insolvent_offer(-4000, -15'000, 10, 60), WithinAbs(-5833.33, 5e-3));
    CHECK(liquidation::insolvent_offer(-4000, -15'000, 90, 60) == -15'000);
    CHECK_THAT(liquidation::withdrawal_fee(100'000, 1'000'000), WithinAbs(0.0909, 5e-5));
    CHECK_THAT(liquidation::buffer_margin(-40'000, 100'000, 0.15), WithinAbs(-61'000, 1e-9));
    const liquidation::SolventDiscount curve;
    CHECK(liquidation::solvent_discount(curve, 0) == 0.05);
    CHECK(liquidation::solvent_discount(curve, 15) == 0.3);
    CHECK(liquidation::solvent_discount(curve, 1e6) == 1.0);
}
