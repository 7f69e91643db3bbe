// One expiry's smile in total variance: Gatheral's SVI in its three parametrisations.
// Gatheral and Jacquier (2014), Arbitrage-free SVI volatility surfaces, Quantitative Finance 14(1).
#pragma once

#include "core/measure.hpp"
#include "core/result.hpp"

namespace tidemark::vol {

/// w(k) = a + b (rho (k - m) + sqrt((k - m)^2 + sigma^2)), with k = ln(K/F) and w = vol^2 x years.
struct SviRaw {
    double a = 0.0;
    double b = 0.0;
    double rho = 0.0;
    double m = 0.0;
    double sigma = 0.0;

    friend bool operator==(const SviRaw&, const SviRaw&) = default;
};

/// w(k) = delta + omega/2 (1 + zeta rho (k - mu) + sqrt((zeta (k - mu) + rho)^2 + 1 - rho^2)).
struct SviNatural {
    double delta = 0.0;
    double mu = 0.0;
    double rho = 0.0;
    double omega = 0.0;
    double zeta = 0.0;
};

/// What a trader reads off the smile; the wings are slopes over sqrt(w(0)).
struct SviJumpWings {
    double v = 0.0;        // variance a year at the forward
    double psi = 0.0;      // skew at the forward, d vol sqrt(years) / dk
    double p = 0.0;        // slope of the put wing
    double c = 0.0;        // slope of the call wing
    double v_tilde = 0.0;  // least variance a year
};

/// w and its first two derivatives in k.
struct SviSlope {
    double w = 0.0;
    double first = 0.0;
    double second = 0.0;
};

/// The |rho| that our fits keep to: at 1 one wing is flat and the curvature has no meaning.
inline constexpr double greatest_abs_rho = 0.9995;

/// Whether the parameters are a slice: all finite, b >= 0, |rho| < 1, sigma > 0, least variance >= 0.
/// Fails with out_of_domain, naming the first that is not. The other functions here assume it; the
/// least variance alone may be below 0 by rounding.
Status check(const SviRaw& slice);

double total_variance(const SviRaw& slice, double log_moneyness);
SviSlope slope(const SviRaw& slice, double log_moneyness);

/// The least total variance over all k: a + b sigma sqrt(1 - rho^2).
double least_variance(const SviRaw& slice);

/// Volatility at a strike. Fails with out_of_domain for a strike, forward or years that is not > 0.
Result<AnnualVol> svi_vol(const SviRaw& slice, Price forward, Price strike, YearFraction years);

/// As svi_vol with k held within +-4 sqrt(a + b sigma): Derive's own rule for its feeds
/// (derivexyz/v2-core, lyra-utils SVI.sol), beyond which the wings are flat.
Result<AnnualVol> svi_vol_clamped(const SviRaw& slice, Price forward, Price strike, YearFraction years);

/// Equation 3.5. Fails with out_of_domain unless years > 0 and w(0) > 0.
Result<SviJumpWings> to_jump_wings(const SviRaw& slice, YearFraction years);

/// Lemma 3.2. Fails with out_of_domain where no slice has these: unless years, v > 0, p + c > 0,
/// -p <= 2 psi <= c, 0 <= v_tilde <= v, and v_tilde < v unless the least variance is at the forward, where
/// the curvature is then free and no slice is meant.
Result<SviRaw> from_jump_wings(const SviJumpWings& wings, YearFraction years);

/// Lemma 3.1. Fails with out_of_domain unless omega >= 0, |rho| < 1 and zeta > 0.
Result<SviRaw> from_natural(const SviNatural& natural);
SviNatural to_natural(const SviRaw& slice);

}  // namespace tidemark::vol
