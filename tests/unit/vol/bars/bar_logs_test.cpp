#include "vol/bars/bar_logs.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/vol/bars.hpp"

using namespace tidemark;
using Catch::Matchers::WithinRel;

TEST_CASE("bar_logs are those of the prices") {
    const auto logs = vol::bar_logs(Price{99.0}, test::bar(100, 110, 95, 105));
    CHECK_THAT(logs.u, WithinRel(std::log(110.0 / 95.0), 1e-14));
    CHECK_THAT(logs.c, WithinRel(std::log(1.05), 1e-14));
    CHECK_THAT(logs.ho, WithinRel(std::log(1.1), 1e-14));
    CHECK_THAT(logs.hc, WithinRel(std::log(110.0 / 105.0), 1e-14));
    CHECK_THAT(logs.lo, WithinRel(std::log(0.95), 1e-14));
    CHECK_THAT(logs.lc, WithinRel(std::log(95.0 / 105.0), 1e-14));
    CHECK_THAT(logs.o, WithinRel(std::log(100.0 / 99.0), 1e-14));
    CHECK_THAT(logs.r, WithinRel(std::log(105.0 / 99.0), 1e-14));
    CHECK(logs.linked);
    CHECK_FALSE(vol::bar_logs(test::bar(1, 1, 1, 1)).linked);
}
