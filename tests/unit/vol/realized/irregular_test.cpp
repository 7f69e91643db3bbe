#include "vol/realized/irregular.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace tidemark;
using Catch::Matchers::WithinRel;

TEST_CASE("the linear average of a straight line is the line less its lag") {
    // The exact average of z(t) = t under exp(-s/tau)/tau is t - tau, once the start is forgotten.
    vol::IrregularEma ema{2.0, vol::Interpolation::linear};
    double t = 0.0;
    for (int i = 0; i < 400; ++i) {
        const double dt = i == 0 ? 0.0 : 0.1 + 0.37 * (i % 5);
        t += dt;
        REQUIRE(ema.add(dt, t));
    }
    CHECK_THAT(ema.value, WithinRel(t - 2.0, 1e-13));
}

TEST_CASE("a burst of ticks at one price weighs as much as one tick") {
    vol::IrregularEma sparse{10.0}, burst{10.0};
    REQUIRE(sparse.add(0.0, 100.0));
    REQUIRE(burst.add(0.0, 100.0));
    REQUIRE(sparse.add(1.0, 101.0));
    REQUIRE(burst.add(1.0, 101.0));
    REQUIRE(sparse.add(0.5, 101.0));
    for (int i = 0; i < 500; ++i) REQUIRE(burst.add(0.001, 101.0));
    CHECK_THAT(burst.value, WithinRel(sparse.value, 1e-12));
    CHECK(burst.value < 101.0);
}

TEST_CASE("a second tick at the same time moves the linear average by nothing") {
    vol::IrregularEma ema{1.0};
    REQUIRE(ema.add(0.0, 1.0));
    REQUIRE(ema.add(0.0, 5.0));
    CHECK(ema.value == 1.0);
}

TEST_CASE("the variance rate forgets at its own pace and has a limit at dt 0") {
    vol::IrregularVariance still{60.0, 1e-6};
    REQUIRE(still.add(60.0 * std::log(2.0), 0.0));
    CHECK_THAT(still.variance_per_second, WithinRel(0.5e-6, 1e-14));
    vol::IrregularVariance at_once{60.0, 0.0}, soon{60.0, 0.0};
    REQUIRE(at_once.add(0.0, 0.003));
    REQUIRE(soon.add(1e-12, 0.003));
    CHECK_THAT(at_once.variance_per_second, WithinRel(0.003 * 0.003 / 60.0, 1e-14));
    CHECK_THAT(soon.variance_per_second, WithinRel(at_once.variance_per_second, 1e-12));
    CHECK_THAT(at_once.annual_vol().value(), WithinRel(std::sqrt(1.5e-7 * 31'536'000), 1e-14));
}

TEST_CASE("time that runs backwards is refused and changes nothing") {
    vol::IrregularEma ema{1.0};
    REQUIRE(ema.add(0.0, 1.0));
    CHECK(ema.add(-1.0, 5.0).error().code == Errc::out_of_range);
    CHECK_FALSE(ema.add(1.0, std::numeric_limits<double>::quiet_NaN()));
    CHECK(ema.count == 1);
    CHECK(ema.last == 1.0);
    vol::IrregularVariance variance{60.0, 1e-6};
    CHECK_FALSE(variance.add(-0.1, 0.001));
    CHECK(variance.variance_per_second == 1e-6);
}
