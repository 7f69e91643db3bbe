// Making a slice free of butterfly arbitrage. Gatheral and Jacquier (2014), section 5.1. Halved by hand, as
// being free is a yes or no that need not change once only, where Boost.Math's bisection wants a sign.
#pragma once

#include "core/result.hpp"
#include "vol/svi/svi.hpp"

namespace tidemark::vol {

/// The largest phi for which theorem 4.2 proves the slice with natural parameters (0, 0, rho, theta, phi)
/// free, less a thousandth, as at the edge itself the density touches 0. theta > 0, |rho| < 1.
double steepest_free_phi(double theta, double rho);

/// The slice with this one's variance, skew and put wing at the forward that theorem 4.2 proves free:
/// jump wings c = p + 2 psi and v_tilde = 4 v p c / (p + c)^2, the wings lowered together where they are
/// too steep for it. Fails with out_of_domain where check(slice) does, or with no variance at the forward.
Result<SviRaw> guaranteed_free_slice(const SviRaw& slice);

/// The slice itself where it is free; else the first free one found by halving on the way, straight in jump
/// wings, to `free`; else `free` itself, which check_butterfly must call free.
SviRaw nearest_free_slice(const SviRaw& slice, const SviRaw& free);

/// As above, to guaranteed_free_slice, which keeps the variance at the forward. Fails as that does.
Result<SviRaw> nearest_free_slice(const SviRaw& slice);

}  // namespace tidemark::vol
