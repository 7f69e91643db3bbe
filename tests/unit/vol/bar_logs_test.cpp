#include "vol/bar_logs.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "unit/vol/bars.hpp"

using namespace tidemark;
using Catch::Matchers::WithinRel;

TEST_CASE("log_ratio keeps its digits where the prices are close") {
    // The C library's long double log1p of the exact difference is the reference.
    test::Normals normal{7};
    for (int i = 0; i < 20'000; ++i) {
        const double b = 100.0 * std::exp(normal());
        const double a = b * (1.0 + normal() * std::pow(10.0, -0.5 * (i % 24)));
        if (!(a > 0.0) || a == b) continue;
        const long double exact = std::log1p((static_cast<long double>(a) - b) / b);
        const double off = std::abs(static_cast<double>((vol::log_ratio(a, b) - exact) / exact));
        CHECK(off <= (std::abs(exact) < 0.039L ? 8e-16 : 4e-15));
    }
}

TEST_CASE("log_ratio at the ends of the doubles") {
    const double huge = std::numeric_limits<double>::max(), tiny = std::numeric_limits<double>::denorm_min();
    CHECK(vol::log_ratio(1.0, 1.0) == 0.0);
    CHECK(vol::log_ratio(huge, huge) == 0.0);
    CHECK_THAT(vol::log_ratio(huge, tiny), WithinRel(std::log(huge) - std::log(tiny), 1e-15));
    CHECK_THAT(vol::log_ratio(huge, huge / 1.001), WithinRel(std::log(1.001), 1e-12));
    CHECK(vol::log_ratio(101.0, 100.0) == -vol::log_ratio(100.0, 101.0));
}

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
