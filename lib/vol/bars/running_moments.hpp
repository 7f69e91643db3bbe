// Mean and variance of a stream in constant memory.
#pragma once

#include <cstdint>
#include <tuple>

namespace tidemark::vol {

/// Welford's update (Technometrics 4(3), 1962): the mean is removed as it moves, so nothing cancels however
/// far the values lie from 0.
struct RunningMoments {
    std::int64_t count = 0;
    double mean = 0.0;
    double squares = 0.0;  // sum of squared distances from the mean

    void add(double value) {
        ++count;
        const double before = value - mean;
        mean += before / static_cast<double>(count);
        squares += before * (value - mean);
    }

    /// One value over so many places: the others are 0.
    void add_over(double value, std::int64_t places) {
        for (std::int64_t i = 0; i < places; ++i) add(i == 0 ? value : 0.0);
    }

    /// Divisor count - 1. Wants count >= 2.
    [[nodiscard]] double sample_variance() const { return squares / static_cast<double>(count - 1); }

    static constexpr auto stored() {
        using T = RunningMoments;
        return std::tuple{&T::count, &T::mean, &T::squares};
    }
};

}  // namespace tidemark::vol
