#include "pricing/delta.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "pricing/mills.hpp"
#include "stats/distributions/normal.hpp"

namespace tidemark::pricing {
namespace {

struct LogCdf {
    double value, slope;  // ln N(z) and phi(z) / N(z)
};

LogCdf log_cdf(double z) {
    if (z > 0.0) {
        const double above = stats::normal_cdf(-z);
        return {std::log1p(-above), stats::normal_density(z) / (1.0 - above)};
    }
    const double ratio = mills_fraction(-z).ratio();
    return {std::log(stats::inverse_root_two_pi * ratio) - 0.5 * z * z, 1.0 / ratio};
}

/// ln(K/F) at which K/F N(sign d2) is `size`, by Newton on the logarithm, which is concave in ln K. Where
/// d2 = -s a call's has passed its maximum (1/M(s) > s), and on that side each step but the first falls short
/// of the root, so none strays; one that finds the slope turned has shown that there is no root.
std::optional<double> premium_adjusted_log_strike(double size, double std_dev, double sign) {
    constexpr int most_steps = 200;
    double k = 0.5 * std_dev * std_dev;
    for (int step = 0; step < most_steps; ++step) {
        const LogCdf cdf = log_cdf(sign * (-k / std_dev - 0.5 * std_dev));
        const double slope = 1.0 - sign * cdf.slope / std_dev;
        if (!(sign * slope < 0.0)) return std::nullopt;
        const double move = (std::log(size) - k - cdf.value) / slope;
        const bool at_rounding = (step > 0 && sign * move >= 0.0) || k + move == k;
        if (at_rounding) return k;
        k += move;
    }
    return std::nullopt;
}

Result<double> std_dev_of(Price forward, YearFraction years, AnnualVol vol) {
    const double std_dev = vol.value() * std::sqrt(years.value());
    if (forward.value() > 0.0 && std::isfinite(forward.value()) && vol.value() > 0.0 && std_dev > 0.0 &&
        std::isfinite(std_dev)) {
        return std_dev;
    }
    return Error{Errc::out_of_domain,
                 fmt::format("want a forward, years and vol above 0, got {}, {}, {}", forward.value(),
                             years.value(), vol.value()),
                 {}};
}

Error unreachable(double delta) {
    return Error{Errc::out_of_domain, fmt::format("want a delta that some strike has, got {}", delta), {}};
}

}  // namespace

Result<Price> strike_for_delta(Price forward, YearFraction years, AnnualVol vol, double delta,
                               OptionType type, DeltaConvention convention) {
    const auto std_dev = std_dev_of(forward, years, vol);
    if (!std_dev) return std_dev.error();
    const double sign = option_sign(type);
    const double size = sign * delta;
    if (!(size > 0.0 && std::isfinite(size))) return unreachable(delta);
    if (convention == DeltaConvention::premium_adjusted) {
        const auto log_strike = premium_adjusted_log_strike(size, *std_dev, sign);
        if (!log_strike) return unreachable(delta);
        return forward * std::exp(*log_strike);
    }
    if (!(size < 1.0)) return unreachable(delta);
    const auto d1 = stats::normal_quantile(size);
    if (!d1) return unreachable(delta);
    return forward * std::exp(*std_dev * (0.5 * *std_dev - sign * *d1));
}

Result<Price> dns_strike(Price forward, YearFraction years, AnnualVol vol, DeltaConvention convention) {
    const auto std_dev = std_dev_of(forward, years, vol);
    if (!std_dev) return std_dev.error();
    const double half_variance = 0.5 * *std_dev * *std_dev;
    return forward * std::exp(convention == DeltaConvention::forward ? half_variance : -half_variance);
}

}  // namespace tidemark::pricing
