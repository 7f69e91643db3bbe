// A whole surface in three numbers and one variance an expiry: SSVI with a power-law smile.
// Gatheral and Jacquier (2014), section 4.
#pragma once

#include "core/result.hpp"
#include "vol/svi/svi.hpp"

namespace tidemark::vol {

/// phi(theta) = eta theta^-gamma (1 + theta)^(gamma - 1), theta an expiry's total variance at the forward.
struct SsviShape {
    double rho = 0.0;
    double eta = 0.0;
    double gamma = 0.0;
};

/// The curvature phi of the expiry with this variance at the forward. Fails with out_of_domain unless
/// theta > 0, |rho| < 1, eta > 0 and 0 <= gamma <= 1.
Result<double> ssvi_phi(const SsviShape& shape, double theta);

/// The expiry's slice, natural parameters (0, 0, rho, theta, phi). Fails as ssvi_phi does.
Result<SviRaw> ssvi_slice(const SsviShape& shape, double theta);

/// Theorem 4.2, sufficient: theta phi (1 + |rho|) < 4 and theta phi^2 (1 + |rho|) <= 4. Fails as ssvi_phi
/// does.
Result<bool> ssvi_butterfly_free(const SsviShape& shape, double theta);

/// eta (1 + |rho|) <= 2.
bool ssvi_wings_bounded(const SsviShape& shape);

/// Free of butterfly and calendar arbitrage for every rising theta (corollary 4.1, remark 4.4): the wings
/// bounded and gamma <= 1/2. Beyond 1/2 short expiries are to be checked one by one.
bool ssvi_surface_free(const SsviShape& shape);

}  // namespace tidemark::vol
