// Random numbers that are the same bytes on every platform. The seed is always an argument.
#pragma once

#include <cstdint>
#include <random>

namespace tidemark::stats {

/// Uniform on the open interval (0, 1). The standard fixes what mt19937_64 gives, but not what its
/// distributions make of it, so those are not used.
class Uniform {
public:
    explicit Uniform(std::uint64_t seed) : bits_{seed} {}

    double operator()() { return (static_cast<double>(bits_() >> 11U) + 0.5) * 0x1p-53; }

    /// A whole number from 0 to below n, n >= 1.
    std::uint64_t below(std::uint64_t n) {
        return static_cast<std::uint64_t>((*this)() * static_cast<double>(n));
    }

private:
    std::mt19937_64 bits_;
};

}  // namespace tidemark::stats
