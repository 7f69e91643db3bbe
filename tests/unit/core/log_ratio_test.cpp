#include "core/log_ratio.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

using namespace tidemark;
using Catch::Matchers::WithinRel;

TEST_CASE("log_ratio keeps its digits where the prices are close") {
    // The C library's long double log1p of the exact difference is the reference.
    std::mt19937_64 bits{7};
    const auto normal = [&bits] {  // the sum of twelve uniforms: the same on every library
        double sum = -6.0;
        for (int i = 0; i < 12; ++i) sum += static_cast<double>(bits() >> 11U) * 0x1p-53;
        return sum;
    };
    for (int i = 0; i < 20'000; ++i) {
        const double b = 100.0 * std::exp(normal());
        const double a = b * (1.0 + normal() * std::pow(10.0, -0.5 * (i % 24)));
        if (!(a > 0.0) || a == b) continue;
        const long double exact = std::log1p((static_cast<long double>(a) - b) / b);
        const double off = std::abs(static_cast<double>((log_ratio(a, b) - exact) / exact));
        CHECK(off <= (std::abs(exact) < 0.039L ? 8e-16 : 4e-15));
    }
}

TEST_CASE("log_ratio at the ends of the doubles") {
    const double huge = std::numeric_limits<double>::max(), tiny = std::numeric_limits<double>::denorm_min();
    CHECK(log_ratio(1.0, 1.0) == 0.0);
    CHECK(log_ratio(huge, huge) == 0.0);
    CHECK_THAT(log_ratio(huge, tiny), WithinRel(std::log(huge) - std::log(tiny), 1e-15));
    CHECK_THAT(log_ratio(huge, huge / 1.001), WithinRel(std::log(1.001), 1e-12));
    CHECK(log_ratio(101.0, 100.0) == -log_ratio(100.0, 101.0));
}
