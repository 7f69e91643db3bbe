#include "margin/tiered/size_premium.hpp"

#include <catch2/catch.hpp>

#include "liquidation/venue/margin_shortage.hpp"

using namespace tidemark;
using namespace tidemark::margin;
using Catch::Matchers::WithinAbs;

namespace {

constexpr Wide unit = 1'000'000'000;

}  // namespace

TEST_CASE("weights worsen with the root of size and never improve on the listed one") {
    // Drift v2, math/margin/tests.rs.
    CHECK(asset_weight({1000 * unit, 0}, 9000) == 9000);
    CHECK(asset_weight({1000 * unit, 10}, 9000) == 9000);
    CHECK(asset_weight({1000 * unit, 100'000}, 9000) == 2642);
    CHECK(liability_weight({1000 * unit, 10'000}, 11'000) == 11'962);
    CHECK(liability_weight({1000 * unit, 100'000}, 0) == 31'622);
    Wide last_asset = 10'000, last_liability = 10'000;
    for (Wide size = unit; size < unit * unit; size *= 7) {
        CHECK(asset_weight({size, 1000}, 10'000) <= last_asset);
        CHECK(liability_weight({size, 1000}, 10'000) >= last_liability);
        last_asset = asset_weight({size, 1000}, 10'000);
        last_liability = liability_weight({size, 1000}, 10'000);
    }
}

TEST_CASE("a fifth is taken off a weight before it is rounded down") {
    CHECK(liability_weight({0, 1}, 11) == 11);
    CHECK(liability_weight({40'000 * unit, 1}, 9) == 10);  // 9 - 1 + 2, not 7 + 2
}

TEST_CASE("deposits beyond the pool's limit lower the asset weight in proportion") {
    CHECK(scaled_asset_weight(9000, 500'000, 500'000) == 9000);
    CHECK(scaled_asset_weight(9000, 1'000'000, 500'000) == 4500);
    CHECK(scaled_asset_weight(9000, 1'000'000, 0) == 9000);
}

TEST_CASE("high leverage is for small positions") {
    // state/perp_market/tests.rs new_hlm_imf_size: 100x market ratio 1 %, ordinary 10 %.
    CHECK(high_leverage_ratio({unit / 10, 50}, 1000, 100).value() == 100);
    CHECK(high_leverage_ratio({1'000'000 * unit, 50}, 1000, 100).value() == 1300);
    // Half of the fifth used up: half of the way from 1 % to 10 %.
    CHECK(high_leverage_ratio({40'000 * unit, 50}, 1000, 100).value() == 550);
    CHECK(high_leverage_ratio({unit, 0}, 1000, 100).value() == 100);
    CHECK_FALSE(high_leverage_ratio({unit, 50}, 4, 1));
}

TEST_CASE("a perp's requirement in micro-dollars") {
    CHECK(perp_requirement(-6'147'540'983, 22'050'000'000, 1000, 1000) == 13'555'327'867);
    CHECK(perp_requirement(0, 22'050'000'000, 1000, 1000) == 0);
}

TEST_CASE("FTX: MNGO at 0.00025 and 500m units needs 559 %") {
    CHECK_THAT(size_scaled_imf(20, 0.00025, 5e8), WithinAbs(5.59, 1e-3));
    CHECK(size_scaled_imf(20, 0.00025, -1.0) == 0.05);
}

TEST_CASE("liquidating what covers a shortage") {
    // Drift v2, math/liquidation/tests.rs.
    CHECK(*liquidation::base_to_cover({10'000'000, 1000, 0, 0, 100'000'000}) == unit);
    CHECK(*liquidation::base_to_cover({10'000'000, 1000, 10'000, 0, 100'000'000}) == 1'111'111'111);
    CHECK(*liquidation::base_to_cover({10'000'000, 1000, 10'000, 10'000, 100'000'000}) == 1'250'000'000);
    CHECK_FALSE(liquidation::base_to_cover({10'000'000, 100, 10'000, 0, 100'000'000}));
    CHECK_FALSE(liquidation::base_to_cover({10'000'000, 1000, 0, 0, 0}));
    liquidation::LiabilityShortage spot{.shortage = 10'000'000,
                                        .asset_weight = 8000,
                                        .liability_weight = 12'000,
                                        .liability_price = 100'000'000,
                                        .insurance_fee = 10'000,
                                        .decimals = 9};
    CHECK(*liquidation::liability_transfer_to_cover(spot) == 257'731'958);
    spot.decimals = 3;
    CHECK(*liquidation::liability_transfer_to_cover(spot) == 257);
    spot.asset_weight = 12'000;
    CHECK_FALSE(liquidation::liability_transfer_to_cover(spot));
}
