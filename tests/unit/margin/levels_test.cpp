#include "margin/levels.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>

using tidemark::margin::to_exact_grid;

TEST_CASE("differences of levels on the grid sum exactly in every order") {
    std::mt19937_64 random{20260101};
    std::uniform_real_distribution<double> exponent{-30.0, 30.0}, sign{-1.0, 1.0};
    for (int round = 0; round < 2000; ++round) {
        std::array<double, 6> levels{};
        for (double& level : levels) level = std::copysign(std::exp(exponent(random)), sign(random));
        to_exact_grid(levels);
        std::array<double, 6> parts{};
        std::adjacent_difference(levels.begin(), levels.end(), parts.begin());
        std::sort(parts.begin(), parts.end());
        do {
            REQUIRE(std::accumulate(parts.begin(), parts.end(), 0.0) == levels.back());
        } while (round < 20 && std::next_permutation(parts.begin(), parts.end()));
    }
}

TEST_CASE("the grid rounds upwards, by no more than 2^-48 of the largest") {
    const double largest = 123'456.789;
    std::array<double, 3> levels{largest, 1.0 / 3.0, -2.0 / 7.0};
    const std::array<double, 3> before = levels;
    to_exact_grid(levels);
    for (std::size_t i = 0; i < levels.size(); ++i) {
        CHECK(levels[i] >= before[i]);
        CHECK(levels[i] - before[i] <= largest * 0x1p-48);
    }
}

TEST_CASE("the grid scales with its levels by powers of two, and leaves nothing as nothing") {
    std::array<double, 3> levels{12'345.678, 1.0 / 3.0, 0.0}, larger = levels;
    for (double& level : larger) level *= 0x1p40;
    to_exact_grid(levels);
    to_exact_grid(larger);
    for (std::size_t i = 0; i < levels.size(); ++i) CHECK(larger[i] == levels[i] * 0x1p40);
    std::array<double, 2> none{0.0, 0.0};
    to_exact_grid(none);
    CHECK(none == std::array<double, 2>{0.0, 0.0});
}
