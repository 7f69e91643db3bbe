// Exponential averages of ticks that come when they come: a burst of them must not erase the memory.
#pragma once

#include <cstdint>
#include <tuple>

#include "core/measure.hpp"
#include "core/result.hpp"

namespace tidemark::vol {

/// What the value is taken to have done between two ticks.
enum class Interpolation { linear, previous, next };

/// Mueller (1991), Zumbach and Mueller (2001): with mu = exp(-dt/tau),
///
///     EMA_n = mu EMA_{n-1} + (nu - mu) z_{n-1} + (1 - nu) z_n
///
/// nu = (1 - mu) tau/dt linear, 1 previous, mu next. Starts at the first value.
struct IrregularEma {
    double tau = 1.0;  // time constant, in the unit of dt; above 0
    Interpolation between = Interpolation::linear;
    std::int64_t count = 0;
    double value = 0.0;
    double last = 0.0;  // the tick before

    /// dt since the tick before, ignored at the first; 0 is a second tick at the same time. Fails with
    /// out_of_range where it is negative or anything is not finite, and is then as before.
    Status add(double dt, double tick);
};

/// Variance rate of a price seen at irregular times: v = e^{-dt/tau} v + (1 - e^{-dt/tau}) r^2/dt. Feed it
/// mid-quotes: at small dt the bounce between bid and ask would be all of r^2/dt.
struct IrregularVariance {
    double tau_seconds = 60.0;         // above 0
    double variance_per_second = 0.0;  // the start until a return came

    /// r is a log return over dt seconds; at dt 0 the limit r^2/tau is added. Fails as IrregularEma::add.
    Status add(double dt_seconds, double r);

    /// Over a year of 365 days.
    [[nodiscard]] AnnualVol annual_vol() const;

    /// tau is what it was made with.
    static constexpr auto stored() { return std::tuple{&IrregularVariance::variance_per_second}; }
};

}  // namespace tidemark::vol
