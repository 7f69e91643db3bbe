// Bars and moves for the tests of this folder.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "core/ohlc_bar.hpp"

namespace tidemark::test {

inline OhlcBar bar(double open, double high, double low, double close) {
    return OhlcBar::make(Price{open}, Price{high}, Price{low}, Price{close}).value();
}

/// Five bars with gaps between them, every term of every estimator at work.
inline std::vector<OhlcBar> five_bars(double unit = 1.0) {
    const auto in = [unit](double o, double h, double l, double c) {
        return bar(o * unit, h * unit, l * unit, c * unit);
    };
    return {in(100, 110, 95, 105), in(106, 108, 101, 102), in(102, 103, 99, 99.5), in(99, 107, 98.5, 106),
            in(106.5, 106.5, 104, 104)};
}

/// Standard normal numbers, the same on every machine: SplitMix64 and Box-Muller.
class Normals {
public:
    explicit Normals(std::uint64_t seed) : state_{seed} {}

    double operator()() {
        const double radius = std::sqrt(-2.0 * std::log(uniform()));
        return radius * std::cos(2.0 * std::numbers::pi * uniform());
    }

private:
    double uniform() {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return (static_cast<double>((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53;
    }

    std::uint64_t state_;
};

}  // namespace tidemark::test
