// Sums that are exact: the steps of a requirement, each computed by switching one thing on.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace tidemark::margin {

inline void round_up_to(std::span<double> levels, int exponent) {
    for (double& level : levels) level = std::ldexp(std::ceil(std::ldexp(level, -exponent)), exponent);
}

/// Rounds levels to a common grid of 2^-48 of the largest, upwards, so that their differences, and any sum of
/// those in any order, are exact in double. The grid is a power of two: scaling a book by one scales it too.
inline void to_exact_grid(std::span<double> levels) {
    double largest = 0.0;
    for (const double level : levels) largest = std::fmax(largest, std::fabs(level));
    if (!(largest > 0.0)) return;
    round_up_to(levels, std::ilogb(largest) - 48);
}

/// The same for the levels of a way from the first to the last, which may lead far above both: the grid is
/// 2^-48 of the larger end, so that the ends are what they are for the way back too; coarser only where what
/// moves to and fro is beyond 8 times that end.
inline void to_exact_path(std::span<double> levels) {
    if (levels.empty()) return;
    const double end = std::fmax(std::fabs(levels.front()), std::fabs(levels.back()));
    double moved = end;
    for (std::size_t i = 1; i < levels.size(); ++i) moved += std::fabs(levels[i] - levels[i - 1]);
    if (!(moved > 0.0)) return;
    const int room = std::ilogb(moved) - 51;
    round_up_to(levels, end > 0.0 ? std::max(std::ilogb(end) - 48, room) : room);
}

}  // namespace tidemark::margin
