// Sums that are exact: the steps of a requirement, each computed by switching one thing on.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace tidemark::margin {

/// Rounds levels to a common grid of 2^-48 of the largest, upwards, so that their differences, and any sum of
/// those in any order, are exact in double. The grid is a power of two: scaling a book by one scales it too.
template <std::size_t N>
void to_exact_grid(std::array<double, N>& levels) {
    double largest = 0.0;
    for (const double level : levels) largest = std::fmax(largest, std::fabs(level));
    if (!(largest > 0.0)) return;
    const int exponent = std::ilogb(largest) - 48;
    for (double& level : levels) level = std::ldexp(std::ceil(std::ldexp(level, -exponent)), exponent);
}

}  // namespace tidemark::margin
