#include "liquidation/venue/liquidation_price.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace tidemark;
using namespace tidemark::liquidation;

TEST_CASE("published liquidation prices of linear positions") {
    struct Case {
        const char* of;
        liquidation::LinearPosition position;
        double rate, deduction, price, within;
    };
    const auto c = GENERATE(values<Case>({
        {"Binance FAQ ETHUSDT", {1535443.01, 3683.979, 1456.84}, 0.1, 135365.0, 1114.78, 5e-3},
        {"Binance FAQ BTCUSDT", {1535443.01, 109.488, 32481.98}, 0.025, 16300.0, 18778.73, 5e-3},
        {"Gate short", {2.0, -1, 10}, 0.0106, 0, 11.87413417771621, 1e-9},
        {"dYdX isolated", {1000, -3, 3000}, 0.05, 0, 3174.60, 5e-3},
        {"dYdX cross", {1000 - 175.0, -1.5, 3000}, 0.05, 0, 3380.95, 5e-3},
        {"Hyperliquid docs", {-95.059824, 0.0335, 0}, 0.01, 0, 2866.26936529, 2e-5},
        {"Hyperliquid isolated ETH", {-475.23904, 0.2259, 0}, 0.01, 0, 2125.00856238, 2e-6},
    }));
    INFO(c.of);
    const auto price = liquidation::linear_liquidation_price(c.position, c.rate, c.deduction);
    REQUIRE(price);
    CHECK_THAT(*price, WithinAbs(c.price, c.within));
}

TEST_CASE("at the liquidation price equity is the requirement") {
    const double qty = GENERATE(-40.0, -0.3, 0.3, 40.0);
    const double collateral = 0.1 * std::fabs(qty) * 2500.0;
    const liquidation::LinearPosition linear{collateral, qty, 2500.0};
    const auto price = liquidation::linear_liquidation_price(linear, 0.01, 3.0);
    REQUIRE(price);
    CHECK_THAT(collateral + qty * (*price - 2500.0), WithinRel(0.01 * std::fabs(qty) * *price - 3.0, 1e-12));
    const liquidation::InversePosition inverse{0.1 * std::fabs(qty), qty * 2500.0, 2500.0};
    const auto coin_price = liquidation::inverse_liquidation_price(inverse, 0.01);
    REQUIRE(coin_price);
    CHECK_THAT(inverse.collateral + inverse.value * (1.0 / 2500.0 - 1.0 / *coin_price),
               WithinRel(0.01 * std::fabs(inverse.value) / *coin_price, 1e-12));
}

TEST_CASE("maintenance held where it stands: Bybit, Delta, and Hyperliquid of March 2023") {
    CHECK_THAT(*liquidation::linear_liquidation_price_held({2, 1, 10}, 0.1), WithinAbs(8.1, 1e-12));
    CHECK_THAT(*liquidation::linear_liquidation_price_held({10, -1, 10}, 0.1), WithinAbs(19.9, 1e-12));
    const double delta_maintenance = 0.005 * 94948.1 * 0.001;
    CHECK_THAT(*liquidation::linear_liquidation_price_held({6.32987333, 0.001, 94948.1}, delta_maintenance),
               WithinRel(89092.96717, 1e-9));
    CHECK_THAT(*liquidation::linear_liquidation_price_held({1182.312496, -121.2, 2.37}, 0.01 * 3434.815334),
               WithinRel(11.841653, 1e-7));
}

TEST_CASE("published liquidation prices of inverse positions") {
    const liquidation::InversePosition coinm{0.00268058, 200.0, 37643.10000021};
    CHECK_THAT(*liquidation::inverse_liquidation_price(coinm, 0.004), WithinRel(25119.9744576, 1e-9));
    const liquidation::InversePosition bybit{0.5, 10'000.0, 8000.0};
    CHECK_THAT(*liquidation::inverse_liquidation_price(bybit, 0.00075), WithinAbs(5718.57, 5e-3));
    const double liquidation = *liquidation::inverse_cross_liquidation_price(bybit, 0.005, 0.00075);
    CHECK_THAT(liquidation, WithinAbs(5739.08, 5e-3));
    CHECK(liquidation::rounded_up_to_tick(liquidation, 0.5) == 5739.5);  // as the page prints it
    CHECK(liquidation::rounded_up_to_tick(5739.5, 0.5) == 5739.5);
}

TEST_CASE("where no price liquidates there is none") {
    CHECK_FALSE(liquidation::linear_liquidation_price({1000, 1, 500}, 0.01));
    CHECK_FALSE(liquidation::linear_liquidation_price({1000, 0, 500}, 0.01));
    CHECK_FALSE(liquidation::inverse_liquidation_price({10.0, -1000.0, 500.0}, 0.01));
    CHECK_FALSE(liquidation::inverse_cross_liquidation_price({10.0, -1000.0, 500.0}, 0.01, 0.001));
    CHECK_FALSE(liquidation::linear_liquidation_price({NAN, 1, 500}, 0.01));
}
