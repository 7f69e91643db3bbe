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

/// The steps from level to level, on the grid of to_exact_grid, on which they add up to the last level
/// exactly; gives that.
inline double to_exact_steps(std::span<double> levels, std::span<double> steps) {
    to_exact_grid(levels);
    double below = 0.0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        steps[i] = levels[i] - below;
        below = levels[i];
    }
    return below;
}

/// How far the levels of a way go to and fro, with what they end at.
inline double way_length(std::span<const double> levels) {
    if (levels.empty()) return 0.0;
    double moved = std::fmax(std::fabs(levels.front()), std::fabs(levels.back()));
    for (std::size_t i = 1; i < levels.size(); ++i) moved += std::fabs(levels[i] - levels[i - 1]);
    return moved;
}

/// The same as to_exact_grid for the levels of a way from the first to the last, which may lead far above
/// both: the grid is 2^-48 of the larger end, coarser where the way is longer than 8 times that. `longest` is
/// the way_length of this way, or more: with that of the longer of two ways, there and back, the ends are the
/// same on both.
inline void to_exact_path(std::span<double> levels, double longest) {
    if (!(longest > 0.0)) return;
    const double end = std::fmax(std::fabs(levels.front()), std::fabs(levels.back()));
    const int room = std::ilogb(longest) - 51;
    round_up_to(levels, end > 0.0 ? std::max(std::ilogb(end) - 48, room) : room);
}

}  // namespace tidemark::margin
