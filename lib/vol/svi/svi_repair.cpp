#include "vol/svi/svi_repair.hpp"

#include <algorithm>
#include <cmath>

#include "vol/svi/svi_arbitrage.hpp"

namespace tidemark::vol {
namespace {

constexpr int halvings = 40;
constexpr double safety = 0.999;
constexpr double least_wing_sum = 1e-9;  // the slice is then flat to that
constexpr YearFraction any_years{1.0};   // there and back, it cancels

bool is_free(const SviRaw& slice) {
    const auto checked = check_butterfly(slice);
    return checked && checked->arbitrage_free;
}

Result<SviRaw> between(const SviJumpWings& from, const SviJumpWings& to, double share) {
    return from_jump_wings({.v = std::lerp(from.v, to.v, share),
                            .psi = std::lerp(from.psi, to.psi, share),
                            .p = std::lerp(from.p, to.p, share),
                            .c = std::lerp(from.c, to.c, share),
                            .v_tilde = std::lerp(from.v_tilde, to.v_tilde, share)},
                           any_years);
}

}  // namespace

double steepest_free_phi(double theta, double rho) {
    const double wing = theta * (1.0 + std::abs(rho));
    return safety * std::min(4.0 / wing, 2.0 / std::sqrt(wing));
}

Result<SviRaw> guaranteed_free_slice(const SviRaw& slice) {
    if (const Status checked = check(slice); !checked) return checked.error();
    return to_jump_wings(slice, any_years).and_then([](const SviJumpWings& wings) {
        const double theta = wings.v;
        const double call_wing = std::max(0.0, wings.p + 2.0 * wings.psi);
        const double wing_sum = std::max(wings.p + call_wing, least_wing_sum);
        const double rho = std::clamp((call_wing - wings.p) / wing_sum, -greatest_abs_rho, greatest_abs_rho);
        const double phi = std::min(wing_sum / std::sqrt(theta), steepest_free_phi(theta, rho));
        return from_natural({.delta = 0.0, .mu = 0.0, .rho = rho, .omega = theta, .zeta = phi});
    });
}

SviRaw nearest_free_slice(const SviRaw& slice, const SviRaw& free) {
    if (is_free(slice)) return slice;
    const auto from = to_jump_wings(slice, any_years);
    const auto to = to_jump_wings(free, any_years);
    if (!from || !to) return free;
    SviRaw best = free;
    double bad = 0.0;
    double good = 1.0;
    for (int i = 0; i < halvings; ++i) {
        const double middle = 0.5 * (bad + good);
        const auto tried = between(*from, *to, middle);
        const bool tried_free = tried && is_free(*tried);
        if (tried_free) best = *tried;
        (tried_free ? good : bad) = middle;
    }
    return best;
}

Result<SviRaw> nearest_free_slice(const SviRaw& slice) {
    return guaranteed_free_slice(slice).and_then(
        [&](const SviRaw& free) { return Result<SviRaw>{nearest_free_slice(slice, free)}; });
}

}  // namespace tidemark::vol
