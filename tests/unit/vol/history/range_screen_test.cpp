#include "vol/history/range_screen.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "unit/vol/bars.hpp"

using namespace tidemark;
using vol::RangeScreen;

namespace {

RangeScreen fed(int count, double centre, double width) {
    RangeScreen screen;
    test::Normals normal{1};
    for (int i = 0; i < count; ++i) screen.add(centre * std::exp(width * normal()));
    return screen;
}

}  // namespace

TEST_CASE("six robust deviations of lognormal ranges") {
    // A bin is an eighth of an octave, of which neither the median nor the deviation is known better.
    const RangeScreen screen = fed(4096, 0.01, 0.6);
    const double limit = 0.01 * std::exp(6.0 * 0.6);
    CHECK_FALSE(screen.suspect(limit / 1.8));
    CHECK(screen.suspect(limit * 1.8));
}

TEST_CASE("the unit of the range does not matter") {
    const RangeScreen screen = fed(4096, 0.01 * 0x1p-8, 0.6);
    const double limit = 0.01 * 0x1p-8 * std::exp(6.0 * 0.6);
    CHECK_FALSE(screen.suspect(limit / 1.8));
    CHECK(screen.suspect(limit * 1.8));
}

TEST_CASE("a peg whose ranges are a tick has room for ten of them") {
    RangeScreen screen;
    for (int i = 0; i < 1000; ++i) screen.add(1e-4);
    CHECK_FALSE(screen.suspect(1e-3));
    CHECK(screen.suspect(0.01));
}

TEST_CASE("nothing is suspect before there is something to compare with") {
    CHECK_FALSE(fed(63, 0.01, 0.1).suspect(5.0));
    CHECK(fed(64, 0.01, 0.1).suspect(5.0));
}

TEST_CASE("bars that do not move say nothing") {
    RangeScreen screen = fed(256, 0.01, 0.3);
    for (int i = 0; i < 10000; ++i) screen.add(0.0);
    CHECK_FALSE(screen.suspect(0.0));
    CHECK_FALSE(screen.suspect(0.02));
}

TEST_CASE("ranges beyond all bins are held in the last") {
    RangeScreen screen;
    for (int i = 0; i < 300; ++i) screen.add(1e-300);
    CHECK_FALSE(screen.suspect(5e-324));
    CHECK(screen.suspect(0.01));
    screen.add(std::numeric_limits<double>::max());
    CHECK(screen.suspect(std::numeric_limits<double>::max()));
}
