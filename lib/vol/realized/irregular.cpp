#include "vol/realized/irregular.hpp"

#include <fmt/format.h>

#include <cmath>

#include "vol/bars/annualise.hpp"

namespace tidemark::vol {
namespace {

Status check_tick(double dt, double tau, double value) {
    if (dt >= 0.0 && std::isfinite(dt) && tau > 0.0 && std::isfinite(value)) return Ok{};
    return Error{
        Errc::out_of_range,
        fmt::format("want time that does not run backwards, a time constant above 0 and a finite value; "
                    "got {} later, {}, {}",
                    dt, tau, value),
        "", 0};
}

/// (1 - e^-x) / x and its limit 1 at 0.
double mean_decay(double x) {
    return x > 0.0 ? -std::expm1(-x) / x : 1.0;
}

}  // namespace

Status IrregularEma::add(double dt, double tick) {
    if (count == 0) dt = 0.0;
    if (Status ok = check_tick(dt, tau, tick); !ok) return ok;
    if (count++ == 0) {
        value = tick;
    } else {
        const double mu = std::exp(-dt / tau);
        const double nu = between == Interpolation::linear     ? mean_decay(dt / tau)
                          : between == Interpolation::previous ? 1.0
                                                               : mu;
        value = mu * value + (nu - mu) * last + (1.0 - nu) * tick;
    }
    last = tick;
    return Ok{};
}

Status IrregularVariance::add(double dt_seconds, double r) {
    if (Status ok = check_tick(dt_seconds, tau_seconds, r); !ok) return ok;
    const double x = dt_seconds / tau_seconds;
    variance_per_second = std::exp(-x) * variance_per_second + mean_decay(x) * r * r / tau_seconds;
    return Ok{};
}

AnnualVol IrregularVariance::annual_vol() const {
    return annualise(variance_per_second, *bars_per_year(1000));
}

}  // namespace tidemark::vol
