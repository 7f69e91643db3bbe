#include "vol/svi/svi.hpp"

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "core/log_ratio.hpp"
#include "core/positive.hpp"
#include "core/total_variance.hpp"
#include "pricing/black76.hpp"

namespace tidemark::vol {
namespace {

// The least variance of a slice that touches 0 comes out this far below it, relative to its terms.
constexpr double least_variance_rounding = 1e-14;

double minor_axis(double rho) {
    return std::sqrt((1.0 - rho) * (1.0 + rho));
}

Result<double> log_moneyness(Price forward, Price strike, YearFraction years) {
    if (!is_positive(forward.value())) return out_of_domain("a forward > 0", forward.value());
    if (!is_positive(strike.value())) return out_of_domain("a strike > 0", strike.value());
    if (!is_positive(years.value())) return out_of_domain("years > 0", years.value());
    return log_ratio(strike.value(), forward.value());
}

AnnualVol vol_at(const SviRaw& slice, double k, YearFraction years) {
    return vol_of_total_variance(std::max(total_variance(slice, k), 0.0), years);
}

Status check(const SviJumpWings& wings) {
    if (!is_positive(wings.v)) return out_of_domain("v > 0", wings.v);
    if (!is_positive(wings.p + wings.c)) return out_of_domain("p + c > 0", wings.p + wings.c);
    if (!(-wings.p <= 2.0 * wings.psi)) return out_of_domain("2 psi >= -p", 2.0 * wings.psi);
    if (!(2.0 * wings.psi <= wings.c)) return out_of_domain("2 psi <= c", 2.0 * wings.psi);
    if (!(wings.v_tilde >= 0.0)) return out_of_domain("v_tilde >= 0", wings.v_tilde);
    if (!(wings.v_tilde <= wings.v)) return out_of_domain("v_tilde <= v", wings.v_tilde);
    return Ok{};
}

}  // namespace

Status check(const SviRaw& slice) {
    if (!std::isfinite(slice.a)) return out_of_domain("a finite", slice.a);
    if (!(slice.b >= 0.0 && std::isfinite(slice.b))) return out_of_domain("b >= 0", slice.b);
    if (!(std::abs(slice.rho) < 1.0)) return out_of_domain("|rho| < 1", slice.rho);
    if (!std::isfinite(slice.m)) return out_of_domain("m finite", slice.m);
    if (!is_positive(slice.sigma)) return out_of_domain("sigma > 0", slice.sigma);
    const double least = least_variance(slice);
    const double rounding = least_variance_rounding * (std::abs(slice.a) + slice.b * slice.sigma);
    if (!(least >= -rounding)) return out_of_domain("a least variance >= 0", least);
    return Ok{};
}

double total_variance(const SviRaw& slice, double log_moneyness) {
    const double x = log_moneyness - slice.m;
    return slice.a + slice.b * (slice.rho * x + std::sqrt(x * x + slice.sigma * slice.sigma));
}

SviSlope slope(const SviRaw& slice, double log_moneyness) {
    const double x = log_moneyness - slice.m;
    const double r = std::sqrt(x * x + slice.sigma * slice.sigma);
    const double bend = slice.sigma / r;
    return {total_variance(slice, log_moneyness), slice.b * (slice.rho + x / r), slice.b * bend * bend / r};
}

double least_variance(const SviRaw& slice) {
    return slice.a + slice.b * slice.sigma * minor_axis(slice.rho);
}

Result<AnnualVol> svi_vol(const SviRaw& slice, Price forward, Price strike, YearFraction years) {
    return log_moneyness(forward, strike, years).and_then([&](double k) -> Result<AnnualVol> {
        return vol_at(slice, k, years);
    });
}

Result<AnnualVol> svi_vol_clamped(const SviRaw& slice, Price forward, Price strike, YearFraction years) {
    return log_moneyness(forward, strike, years).and_then([&](double k) -> Result<AnnualVol> {
        const double limit = 4.0 * std::sqrt(std::max(slice.a + slice.b * slice.sigma, 0.0));
        return vol_at(slice, std::clamp(k, -limit, limit), years);
    });
}

Result<SviJumpWings> to_jump_wings(const SviRaw& slice, YearFraction years) {
    const double w = total_variance(slice, 0.0);
    if (!is_positive(years.value())) return out_of_domain("years > 0", years.value());
    if (!is_positive(w)) return out_of_domain("a variance at the forward > 0", w);
    const double root = std::sqrt(w);
    return SviJumpWings{.v = w / years.value(),
                        .psi = slope(slice, 0.0).first / (2.0 * root),
                        .p = slice.b * (1.0 - slice.rho) / root,
                        .c = slice.b * (1.0 + slice.rho) / root,
                        .v_tilde = least_variance(slice) / years.value()};
}

Result<SviRaw> from_jump_wings(const SviJumpWings& wings, YearFraction years) {
    if (!is_positive(years.value())) return out_of_domain("years > 0", years.value());
    if (const Status checked = check(wings); !checked) return checked.error();
    const double root = std::sqrt(wings.v * years.value());
    const double b = root * (wings.p + wings.c) / 2.0;
    const double rho = (wings.c - wings.p) / (wings.c + wings.p);
    if (!(std::abs(rho) < 1.0)) return out_of_domain("p and c > 0", std::min(wings.p, wings.c));
    // With r = sqrt(m^2 + sigma^2) and m = tilt r: w(0) - least = b r (1 - cos(asin tilt - asin rho)).
    // The half angle keeps the digits that 1 - cos loses where the least variance is near the forward.
    const double tilt = std::clamp(rho - 2.0 * wings.psi * root / b, -1.0, 1.0);
    const double half_angle = 0.5 * (std::asin(tilt) - std::asin(rho));
    const double gap = 2.0 * b * std::sin(half_angle) * std::sin(half_angle);
    const double r = (wings.v - wings.v_tilde) * years.value() / gap;
    if (!is_positive(r)) return out_of_domain("v_tilde < v and psi != 0", wings.v_tilde);
    const double sigma = r * minor_axis(tilt);
    if (!is_positive(sigma)) return out_of_domain("-p < 2 psi < c", 2.0 * wings.psi);
    const double a = wings.v_tilde * years.value() - b * sigma * minor_axis(rho);
    return SviRaw{.a = a, .b = b, .rho = rho, .m = tilt * r, .sigma = sigma};
}

Result<SviRaw> from_natural(const SviNatural& natural) {
    if (!(natural.omega >= 0.0)) return out_of_domain("omega >= 0", natural.omega);
    if (!(std::abs(natural.rho) < 1.0)) return out_of_domain("|rho| < 1", natural.rho);
    if (!is_positive(natural.zeta)) return out_of_domain("zeta > 0", natural.zeta);
    const double axis = minor_axis(natural.rho);
    return SviRaw{.a = natural.delta + 0.5 * natural.omega * axis * axis,
                  .b = 0.5 * natural.omega * natural.zeta,
                  .rho = natural.rho,
                  .m = natural.mu - natural.rho / natural.zeta,
                  .sigma = axis / natural.zeta};
}

SviNatural to_natural(const SviRaw& slice) {
    const double axis = minor_axis(slice.rho);
    const double zeta = axis / slice.sigma;
    const double omega = 2.0 * slice.b / zeta;
    return SviNatural{.delta = slice.a - 0.5 * omega * axis * axis,
                      .mu = slice.m + slice.rho / zeta,
                      .rho = slice.rho,
                      .omega = omega,
                      .zeta = zeta};
}

}  // namespace tidemark::vol
