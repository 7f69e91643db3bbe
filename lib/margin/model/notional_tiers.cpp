#include "margin/model/notional_tiers.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tidemark::margin {

std::vector<double> tier_deductions(std::span<const NotionalTier> tiers) {
    std::vector<double> deductions;
    for (std::size_t i = 0; i < tiers.size(); ++i)
        deductions.push_back(
            i == 0 ? 0.0
                   : next_deduction(deductions.back(), tiers[i].floor, tiers[i].rate, tiers[i - 1].rate));
    return deductions;
}

Result<TierTable> TierTable::make(std::vector<NotionalTier> tiers) {
    if (tiers.empty() || tiers.front().floor != 0.0)
        return Error{Errc::out_of_domain, "want a first tier from notional 0", "", 0};
    for (std::size_t i = 0; i < tiers.size(); ++i) {
        if (!(tiers[i].rate >= 0.0) || !std::isfinite(tiers[i].rate) || !std::isfinite(tiers[i].floor))
            return Error{Errc::out_of_domain, fmt::format("want a rate of 0 or more in tier {}", i), "", 0};
        if (i > 0 && (tiers[i].floor <= tiers[i - 1].floor || tiers[i].rate < tiers[i - 1].rate))
            return Error{Errc::out_of_domain,
                         fmt::format("want tier {} above the one before, in floor and in rate", i), "", 0};
    }
    TierTable table;
    table.deductions_ = tier_deductions(tiers);
    table.tiers_ = std::move(tiers);
    return table;
}

std::size_t TierTable::tier_of(double notional) const {
    const auto above =
        std::upper_bound(tiers_.begin(), tiers_.end(), std::fabs(notional),
                         [](double size, const NotionalTier& tier) { return size < tier.floor; });
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, above - tiers_.begin())) - 1;
}

double TierTable::requirement(double notional) const {
    const std::size_t tier = tier_of(notional);
    return std::fabs(notional) * tiers_[tier].rate - deductions_[tier];
}

double TierTable::rate(double notional) const {
    return tiers_[tier_of(notional)].rate;
}

}  // namespace tidemark::margin
