#include "margin/tiered/integer_margin.hpp"

#include <catch2/catch.hpp>
#include <cstdint>

using namespace tidemark::margin;

TEST_CASE("parts per million round to the side that is asked for") {
    CHECK(ppm_floor(637'239, 289'284) == 184'343);  // dYdX liquidity_tier_test: 184343.05
    CHECK(ppm_ceil(637'239, 289'284) == 184'344);
    CHECK(ppm_ceil(1'000'000, 200'000) == 200'000);
    CHECK(ppm_floor(-1, 1) == -1);
    CHECK(ppm_ceil(-1, 1) == 0);
}

TEST_CASE("integer_sqrt is the largest root that fits, beyond where a double counts in ones") {
    const std::int64_t root = GENERATE(values<std::int64_t>({0, 1, 2, 99'999, 3'037'000'499, 4'000'000'001}));
    const Wide square = Wide{root} * root;
    CHECK(integer_sqrt(square) == root);
    CHECK(integer_sqrt(square + 2 * Wide{root}) == root);
    CHECK(integer_sqrt(square + 2 * Wide{root} + 1) == root + 1);
}

TEST_CASE("requirements are charged on a notional rounded up, values on one rounded towards zero") {
    CHECK(notional_up(7'000, {55'550, 1}) == 3'888'500'000);
    CHECK(notional_up(-7, {15, -2}) == 2);
    CHECK(value_toward_zero(-7, {15, -2}) == -1);
    CHECK(value_toward_zero(7, {15, -2}) == 1);
    CHECK(notional_up(0, {55'550, -3}) == 0);
}

TEST_CASE("the root of any amount of 128 bits is found, and there is none below 0") {
    CHECK(integer_sqrt(-1) == 0);
    CHECK(integer_sqrt(power_of_ten(38)) == power_of_ten(19));
    CHECK(integer_sqrt(power_of_ten(38) - 1) == power_of_ten(19) - 1);
    const Wide largest = ~(Wide{1} << 127);
    const Wide root = integer_sqrt(largest);
    CHECK(root <= largest / root);
    CHECK((root + 1) > largest / (root + 1));
}
