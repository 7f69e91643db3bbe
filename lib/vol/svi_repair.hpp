// Making a slice free of butterfly arbitrage. Gatheral and Jacquier (2014), section 5.1.
#pragma once

#include "core/result.hpp"
#include "vol/svi.hpp"

namespace tidemark::vol {

/// The slice with this one's variance, skew and put wing at the forward that theorem 4.2 proves free:
/// jump wings c = p + 2 psi and v_tilde = 4 v p c / (p + c)^2, the wings lowered together where they are
/// too steep for it. Fails with out_of_domain where check(slice) does, or with no variance at the forward.
Result<SviRaw> guaranteed_free_slice(const SviRaw& slice);

/// The slice itself where it is free; else the first one that is on the way, straight in natural parameters,
/// to guaranteed_free_slice. Fails as that does.
Result<SviRaw> nearest_free_slice(const SviRaw& slice);

}  // namespace tidemark::vol
