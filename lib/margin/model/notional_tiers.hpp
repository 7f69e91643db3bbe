// Requirements that rise with the size of a position: notional tiers, and rates that are linear in size.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/result.hpp"

namespace tidemark::margin {

/// From this notional on, the part above it is charged at this rate.
struct NotionalTier {
    double floor = 0.0;  // quote currency; coin where the venue's tiers are in coin
    double rate = 0.0;   // fraction of notional
};

/// Amount a venue takes off notional x rate so that the requirement has no jump at a tier's floor (Binance
/// "cum", Hyperliquid's maintenance deduction): previous + floor x (rate - previous rate).
constexpr double next_deduction(double previous, double floor, double rate, double previous_rate) {
    return previous + floor * (rate - previous_rate);
}

/// The deductions of all tiers, in order; the first is 0.
std::vector<double> tier_deductions(std::span<const NotionalTier> tiers);

/// Tiers in ascending order with their deductions.
class TierTable {
public:
    /// Fails with out_of_domain unless the first floor is 0, floors ascend and rates do not fall.
    static Result<TierTable> make(std::vector<NotionalTier> tiers);

    /// notional x rate - deduction at the tier of |notional|.
    [[nodiscard]] double requirement(double notional) const;

    /// The rate at that tier, without its deduction.
    [[nodiscard]] double rate(double notional) const;

private:
    [[nodiscard]] std::size_t tier_of(double notional) const;

    std::vector<NotionalTier> tiers_;
    std::vector<double> deductions_;
};

/// Notional x (base_rate + slope x size): Deribit's standard margin of futures. Size in base units.
constexpr double sloped_requirement(double size, double price, double base_rate, double slope) {
    return size * price * (base_rate + slope * size);
}

}  // namespace tidemark::margin
