#include "vol/svi_repair.hpp"

#include <algorithm>
#include <cmath>

#include "vol/svi_arbitrage.hpp"

namespace tidemark::vol {
namespace {

constexpr int halvings = 40;
// Just inside both conditions of theorem 4.2, at whose edge the density touches 0.
constexpr double safety = 0.999;

bool is_free(const SviRaw& slice) {
    const auto checked = check_butterfly(slice);
    return checked && checked->arbitrage_free;
}

SviNatural between(const SviNatural& from, const SviNatural& to, double share) {
    return {.delta = std::lerp(from.delta, to.delta, share),
            .mu = std::lerp(from.mu, to.mu, share),
            .rho = std::lerp(from.rho, to.rho, share),
            .omega = std::lerp(from.omega, to.omega, share),
            .zeta = std::lerp(from.zeta, to.zeta, share)};
}

}  // namespace

Result<SviRaw> guaranteed_free_slice(const SviRaw& slice) {
    if (const Status checked = check(slice); !checked) return checked.error();
    return to_jump_wings(slice, YearFraction{1.0}).and_then([](const SviJumpWings& wings) {
        const double theta = wings.v;
        const double call_wing = std::max(0.0, wings.p + 2.0 * wings.psi);
        const double wing_sum = std::max(wings.p + call_wing, 1e-9);
        const double rho = std::clamp((call_wing - wings.p) / wing_sum, -greatest_abs_rho, greatest_abs_rho);
        const double steepest =
            std::min(4.0 / (theta * (1.0 + std::abs(rho))), 2.0 / std::sqrt(theta * (1.0 + std::abs(rho))));
        const double phi = std::min(wing_sum / std::sqrt(theta), safety * steepest);
        return from_natural({.delta = 0.0, .mu = 0.0, .rho = rho, .omega = theta, .zeta = phi});
    });
}

Result<SviRaw> nearest_free_slice(const SviRaw& slice) {
    if (is_free(slice)) return slice;
    return guaranteed_free_slice(slice).and_then([&](const SviRaw& safe) -> Result<SviRaw> {
        const SviNatural from = to_natural(slice);
        const SviNatural to = to_natural(safe);
        SviRaw best = safe;
        double bad = 0.0;
        double good = 1.0;
        for (int i = 0; i < halvings; ++i) {
            const double middle = 0.5 * (bad + good);
            const auto tried = from_natural(between(from, to, middle));
            const bool free = tried && is_free(*tried);
            if (free) best = *tried;
            (free ? good : bad) = middle;
        }
        return best;
    });
}

}  // namespace tidemark::vol
