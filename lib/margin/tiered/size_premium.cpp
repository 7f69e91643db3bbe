#include "margin/tiered/size_premium.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tidemark::margin {
namespace {

constexpr std::int64_t root_precision = 100'000;  // sqrt(10 x 1e9 size) counts in 1e-5 of a unit's root

/// sqrt(size) in 1e-5; the 1 keeps the root of nothing above nothing.
Wide root_of(const SizePremium& premium) {
    return integer_sqrt(premium.size_1e9 * 10 + 1);
}

Wide unbounded_liability_weight(const SizePremium& premium, std::int64_t weight) {
    constexpr Wide scale = Wide{root_precision} * one_million / weight_precision;
    return weight - weight / 5 + root_of(premium) * premium.imf_factor / scale;
}

}  // namespace

Wide liability_weight(const SizePremium& premium, std::int64_t weight) {
    if (premium.imf_factor == 0) return weight;
    return std::max<Wide>(weight, unbounded_liability_weight(premium, weight));
}

Wide asset_weight(const SizePremium& premium, std::int64_t weight) {
    if (premium.imf_factor == 0) return weight;
    const Wide discounted = Wide{one_million + one_million / 10} * weight_precision /
                            (one_million + root_of(premium) * premium.imf_factor / root_precision);
    return std::min<Wide>(weight, discounted);
}

Wide scaled_asset_weight(std::int64_t weight, Wide deposits_value, Wide scale_start) {
    if (scale_start == 0 || deposits_value < scale_start) return weight;
    return weight * scale_start / deposits_value;
}

Result<Wide> high_leverage_ratio(const SizePremium& premium, std::int64_t ordinary_ratio,
                                 std::int64_t high_leverage_ratio) {
    if (ordinary_ratio < 5)
        return Error{Errc::out_of_domain,
                     fmt::format("want a margin ratio of at least 5 (in 1e-4), got {}", ordinary_ratio), "",
                     0};
    const Wide with_size =
        premium.imf_factor == 0 ? ordinary_ratio : unbounded_liability_weight(premium, ordinary_ratio);
    if (with_size > ordinary_ratio) return with_size;
    if (with_size == ordinary_ratio) return high_leverage_ratio;
    const Wide below = (ordinary_ratio - with_size) * one_million / (ordinary_ratio / 5);
    const Wide used = std::max<Wide>(0, one_million - below);
    const Wide range = std::max<Wide>(1, ordinary_ratio - high_leverage_ratio);
    return high_leverage_ratio + ppm_floor(range, used);
}

Wide perp_requirement(Wide base_1e9, std::int64_t oracle_price_1e6, std::int64_t imf_factor,
                      std::int64_t margin_ratio) {
    constexpr Wide base_precision = 1'000'000'000;
    const Wide notional = magnitude(base_1e9) * oracle_price_1e6 / base_precision;
    return notional * liability_weight({magnitude(base_1e9), imf_factor}, margin_ratio) / weight_precision;
}

double size_scaled_rate(double rate, double base_share, double factor, double size) {
    if (factor == 0.0) return rate;
    return std::max(rate, base_share * rate + factor * std::sqrt(std::fabs(size)));
}

double size_scaled_imf(double max_leverage, double factor, double size) {
    return size_scaled_rate(1.0 / max_leverage, 0.0, factor, size);
}

}  // namespace tidemark::margin
