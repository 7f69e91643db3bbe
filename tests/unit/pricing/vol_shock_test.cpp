#include "pricing/vol_shock.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::pricing;
using Catch::Matchers::WithinRel;

TEST_CASE("the tenor power law in closed form") {
    const VolShock shock{.min_vol_for_up = AnnualVol{0.5}};
    // 30^0.3 and 3^-0.13 by mpmath.
    CHECK_THAT(tenor_multiplier(1, shock), WithinRel(2.774191114672181, 1e-14));
    CHECK_THAT(tenor_multiplier(90, shock), WithinRel(0.8669104475782533, 1e-14));
    CHECK(tenor_multiplier(30, shock) == 1.0);
    const ShockedVols vols = shocked_vols(AnnualVol{0.6}, 30, shock);
    CHECK_THAT(vols.up.value(), WithinRel(0.9, 1e-15));
    CHECK_THAT(vols.down.value(), WithinRel(0.45, 1e-15));
}

TEST_CASE("shocked vols keep their floors") {
    VolShock shock{.min_vol_for_up = AnnualVol{0.5}};
    CHECK(shocked_vols(AnnualVol{0.1}, 365, shock).up == AnnualVol{0.5});
    CHECK(shocked_vols(AnnualVol{0.5}, 0.01, shock).down == AnnualVol{0.0});
    shock.days_floor = 1.0;
    CHECK(shocked_vols(AnnualVol{0.5}, 0.0, shock).up == shocked_vols(AnnualVol{0.5}, 1.0, shock).up);
}
