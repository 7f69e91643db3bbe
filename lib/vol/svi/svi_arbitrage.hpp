// Where an SVI slice, or a pair of them, admits arbitrage: the exact intervals, not a sample of points.
// Gatheral and Jacquier (2014), sections 2.1 and 2.2; Lee (2004), Mathematical Finance 14(3).
#pragma once

#include <vector>

#include "core/result.hpp"
#include "vol/svi/svi.hpp"

namespace tidemark::vol {

/// Log-moneyness; either end may be infinite.
struct MoneynessInterval {
    double from = 0.0;
    double to = 0.0;
};

/// The risk-neutral density of ln(K/F) up to a positive factor,
///     g = (1 - k w'/(2w))^2 - w'^2/4 (1/w + 1/4) + w''/2.
/// Below 0 a butterfly has a negative price. Wants w(k) > 0.
double butterfly_density(const SviRaw& slice, double log_moneyness);

inline constexpr double lee_wing_bound = 2.0;

/// The steeper wing's slope of total variance, b (1 + |rho|). Above lee_wing_bound the price of a far option
/// exceeds its bound; older notes print 4, Rogers and Tehranchi's weaker bound on |dw/dk|.
double wing_slope(const SviRaw& slice);

struct ButterflyCheck {
    bool arbitrage_free = false;              // no interval, and wing_slope within lee_wing_bound
    std::vector<MoneynessInterval> negative;  // where butterfly_density < 0, ascending
    double least_density = 0.0;               // the infimum over all k
    double least_density_at = 0.0;            // infinite where a wing's limit is the infimum
    double wing_slope = 0.0;
};

/// Every interval where the density is below -1e-12, its ends to 1e-10 in k: with k = m + sigma sinh(u) the
/// density times w^2 is a polynomial of degree 10 in e^u, so no root can hide between sample points.
/// Fails with out_of_domain where check(slice) does.
Result<ButterflyCheck> check_butterfly(const SviRaw& slice);

struct CalendarCheck {
    bool arbitrage_free = false;
    std::vector<MoneynessInterval> crossed;  // where the later slice's total variance is the lower one
};

/// Whether total variance falls from one expiry to a later one at any k: the roots of a quartic.
/// A fall of less than 1e-12 of the nearer slice's variance is rounding, not arbitrage.
/// Fails with out_of_domain where check() of either does.
Result<CalendarCheck> check_calendar(const SviRaw& nearer, const SviRaw& later);

}  // namespace tidemark::vol
