// Which bars of a series do not look like the others: wicks, fat fingers, another asset under the same name.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <tuple>

namespace tidemark::vol {

/// A histogram of the ranges ln(high/low) seen so far, 8 bins an octave, from 2^-40 to 2^8: constant memory,
/// no logarithm a bar. A range is suspect where it lies more than `deviations` robust standard deviations
/// (1.4826 times the median absolute deviation) above the median, both of the logarithm of the range: ranges
/// are near to lognormal (Alizadeh, Brandt and Diebold 2002, Journal of Finance 57(3)). Bars that did not
/// move are not counted. Only what came before a bar judges it.
class RangeScreen {
public:
    static constexpr double deviations = 6.0;
    static constexpr std::int64_t min_ranges = 64;  // before which nothing is suspect

    [[nodiscard]] bool suspect(double range) const { return range > 0.0 && bin(range) > limit_; }

    void add(double range) {
        if (!(range > 0.0)) return;
        ++counts_[bin(range)];
        ++count_;
        // The limit settles: it is found anew when the count doubles, then every 256 ranges.
        if (count_ % 256 == 0 ||
            (count_ >= min_ranges && count_ < 256 && std::has_single_bit(static_cast<std::uint64_t>(count_))))
            limit_ = limit();
    }

    static constexpr std::size_t bins = std::size_t{48} * 8;
    [[nodiscard]] const std::array<std::int64_t, bins>& counts() const { return counts_; }

    static constexpr auto stored() {
        using T = RangeScreen;
        return std::tuple{&T::counts_, &T::count_, &T::limit_};
    }

private:
    static std::size_t bin(double range) {
        constexpr std::uint64_t least = std::uint64_t{1023 - 40} << 3;
        const std::uint64_t eighths = std::bit_cast<std::uint64_t>(range) >> 49;
        if (eighths < least) return 0;
        return eighths - least < bins ? static_cast<std::size_t>(eighths - least) : bins - 1;
    }
    [[nodiscard]] std::size_t limit() const;

    std::array<std::int64_t, bins> counts_{};
    std::int64_t count_ = 0;
    std::size_t limit_ = bins;
};

}  // namespace tidemark::vol
