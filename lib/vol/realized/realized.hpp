// Realised measures of one day's variance from its n intraday log returns, in squared return units.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "core/measure.hpp"
#include "core/result.hpp"

namespace tidemark::vol {

// All fail with not_enough_data below the number of returns they need, and with out_of_range where a return
// is not a finite number.

/// Fails as said above; for the functions of this kind in other files.
Status check_returns(std::string_view name, std::span<const double> returns, std::size_t least);

/// Realised variance: sum of r^2. Holds jumps.
Result<double> realized_variance(std::span<const double> returns);

/// Bipower variation, Barndorff-Nielsen and Shephard (2004): (pi/2) sum |r_i||r_{i-1}|, without the factor
/// n/(n-1). Jumps leave it unmoved as n grows. At least 2 returns.
Result<double> bipower_variation(std::span<const double> returns);

/// The same times n/(n-1), for the product that the first return has no partner for.
Result<double> scaled_bipower_variation(std::span<const double> returns);

/// minRV, Andersen, Dobrev and Schaumburg (2012): pi/(pi-2) n/(n-1) sum min(|r_i|,|r_{i-1}|)^2. 2 returns.
Result<double> min_rv(std::span<const double> returns);

/// medRV of the same paper: pi/(6-4 sqrt 3+pi) n/(n-2) sum med(|r_i|,|r_{i-1}|,|r_{i-2}|)^2. 3 returns.
Result<double> med_rv(std::span<const double> returns);

/// Realised variance split by the sign of the return (Barndorff-Nielsen, Kinnebrock and Shephard 2010):
/// `down` is the margin input of a long position, `up` of a short.
struct Semivariance {
    double down = 0.0, up = 0.0;

    /// Above 0 where the day's large moves were up.
    [[nodiscard]] double signed_jump_variation() const { return up - down; }
};
Result<Semivariance> realized_semivariance(std::span<const double> returns);

/// Realised quarticity (n/3) sum r^4, an estimate of integrated fourth power without jumps. (R's
/// highfrequency has (n+1)/3.)
Result<double> realized_quarticity(std::span<const double> returns);

/// Tripower quarticity, unmoved by jumps: n mu^-3 n/(n-2) sum prod of three neighbours' |r|^(4/3), where mu
/// is E|Z|^(4/3) of a standard normal Z. At least 3 returns.
Result<double> tripower_quarticity(std::span<const double> returns);

/// The variance of `days` days as an annual volatility: sqrt(365/days x variance).
AnnualVol annual_vol_of_days(double variance, double days = 1.0);

}  // namespace tidemark::vol
