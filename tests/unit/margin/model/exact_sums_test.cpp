#include "margin/model/exact_sums.hpp"

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

TEST_CASE("steps of a way sum exactly in every order, also where it leads far above its ends") {
    using tidemark::margin::to_exact_path;
    using tidemark::margin::way_length;
    std::mt19937_64 random{20260102};
    std::uniform_real_distribution<double> exponent{-20.0, 20.0}, sign{-1.0, 1.0};
    for (int round = 0; round < 2000; ++round) {
        std::vector<double> levels(2 + static_cast<std::size_t>(round % 30));
        for (double& level : levels) level = std::copysign(std::exp(exponent(random)), sign(random));
        std::vector<double> back(levels.rbegin(), levels.rend());
        back.insert(back.begin() + 1, std::exp(exponent(random)));
        const double longest = std::max(way_length(levels), way_length(back));
        to_exact_path(levels, longest);
        to_exact_path(back, longest);
        REQUIRE(levels.front() == back.back());
        REQUIRE(levels.back() == back.front());
        std::vector<double> steps(levels.size());
        std::adjacent_difference(levels.begin(), levels.end(), steps.begin());
        const double change = levels.back() - levels.front();
        std::sort(steps.begin() + 1, steps.end());
        REQUIRE(std::accumulate(steps.begin() + 1, steps.end(), 0.0) == change);
        REQUIRE(std::accumulate(steps.rbegin(), steps.rend() - 1, 0.0) == change);
    }
}

TEST_CASE("the ends of a short way keep 48 bits of the larger, and a way of nothing stays") {
    using tidemark::margin::to_exact_path;
    std::vector<double> levels{100.1, 300.3, 200.2};
    to_exact_path(levels, tidemark::margin::way_length(levels));
    CHECK(levels[0] >= 100.1);
    CHECK(levels[0] - 100.1 <= 200.2 * 0x1p-48);
    CHECK(levels[2] - 200.2 <= 200.2 * 0x1p-48);
    std::vector<double> still{0.0, 0.0};
    to_exact_path(still, tidemark::margin::way_length(still));
    CHECK(still == std::vector<double>{0.0, 0.0});
}
