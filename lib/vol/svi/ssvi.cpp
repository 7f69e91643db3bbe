#include "vol/svi/ssvi.hpp"

#include <fmt/format.h>

#include <cmath>

namespace tidemark::vol {
namespace {

Status check(const SsviShape& shape, double theta) {
    const bool valid = theta > 0.0 && std::isfinite(theta) && std::abs(shape.rho) < 1.0 && shape.eta > 0.0 &&
                       std::isfinite(shape.eta) && shape.gamma >= 0.0 && shape.gamma <= 1.0;
    if (valid) return Ok{};
    return Error{
        Errc::out_of_domain,
        fmt::format("ssvi wants theta > 0, |rho| < 1, eta > 0 and gamma within 0 to 1, got {}, {}, {} "
                    "and {}",
                    theta, shape.rho, shape.eta, shape.gamma),
        "", 0};
}

}  // namespace

Result<double> ssvi_phi(const SsviShape& shape, double theta) {
    if (const Status checked = check(shape, theta); !checked) return checked.error();
    return shape.eta / (std::pow(theta, shape.gamma) * std::pow(1.0 + theta, 1.0 - shape.gamma));
}

Result<SviRaw> ssvi_slice(const SsviShape& shape, double theta) {
    return ssvi_phi(shape, theta).and_then([&](double phi) {
        return from_natural({.delta = 0.0, .mu = 0.0, .rho = shape.rho, .omega = theta, .zeta = phi});
    });
}

Result<bool> ssvi_butterfly_free(const SsviShape& shape, double theta) {
    return ssvi_phi(shape, theta).and_then([&](double phi) -> Result<bool> {
        const double wing = theta * phi * (1.0 + std::abs(shape.rho));
        return wing < 4.0 && wing * phi <= 4.0;
    });
}

bool ssvi_wings_bounded(const SsviShape& shape) {
    return shape.eta * (1.0 + std::abs(shape.rho)) <= 2.0;
}

bool ssvi_surface_free(const SsviShape& shape) {
    return ssvi_wings_bounded(shape) && shape.gamma >= 0.0 && shape.gamma <= 0.5;
}

}  // namespace tidemark::vol
