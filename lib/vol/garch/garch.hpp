// Conditional variance models: what a model is, its parameters, and the variances they give a series.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace tidemark::vol {

/// With e = y - mu, z = e/sqrt(h):
///     garch   h_t = omega + alpha e^2 + beta h                                  Bollerslev (1986)
///     gjr     h_t = omega + alpha e^2 + gamma e^2 1(e < 0) + beta h             Glosten et al. (1993)
///     egarch  ln h_t = omega + alpha (|z| - sqrt(2/pi)) + gamma z + beta ln h   Nelson (1991)
/// the right-hand sides at t-1. sqrt(2/pi) stays with Student errors, as in Python's arch.
enum class GarchModel { garch, gjr, egarch };

enum class Innovation { normal, student_t };  // Student's t scaled to variance 1

/// What stands before the first return; it decides the third digit of a fit.
///     sample    e^2 and h are mean(e^2) at the current mu, e^2 1(e < 0) half of it: Fiorentini, Calzolari
///     and
///               Panattoni (1996), R's fGarch; egarch: h_1 is the sample variance, divisor n
///     backcast  b = sum_{i<75} .94^i (y_i - ybar)^2 / sum_{i<75} .94^i in place of it, not moving with mu:
///               Python's arch; egarch: ln h is ln b and the z terms are 0
enum class GarchStart { sample, backcast };

struct GarchSpec {
    GarchModel model = GarchModel::garch;
    Innovation innovation = Innovation::normal;
    GarchStart start = GarchStart::sample;
    bool zero_mean = false;  // mu is 0 and not estimated
    bool stationary = true;  // persistence is kept at 1 or below
};

/// In the units of the returns: mu as they are, omega their square (egarch: its logarithm).
/// gamma is 0 for garch, nu is only read for student_t.
struct GarchParameters {
    double mu = 0.0, omega = 0.0, alpha = 0.0, gamma = 0.0, beta = 0.0, nu = 0.0;
};

inline constexpr std::size_t garch_parameter_count = 6;
using GarchVector = std::array<double, garch_parameter_count>;  // in the order of the members above

inline constexpr std::array<std::string_view, garch_parameter_count> garch_parameter_names = {
    "mu", "omega", "alpha", "gamma", "beta", "nu"};

constexpr GarchVector to_vector(const GarchParameters& p) {
    return {p.mu, p.omega, p.alpha, p.gamma, p.beta, p.nu};
}
constexpr GarchParameters to_parameters(const GarchVector& v) {
    return {v[0], v[1], v[2], v[3], v[4], v[5]};
}

/// Places in a GarchVector of the parameters that the spec estimates, ascending.
std::vector<std::size_t> free_parameters(const GarchSpec& spec);

/// alpha + gamma/2 + beta; egarch: beta. Below 1 shocks die out.
double persistence(GarchModel model, const GarchParameters& parameters);

struct GarchPath {
    double log_likelihood = 0.0;
    std::vector<double> variances;  // one a return, each known before it
    double next_variance = 0.0;     // of the return after the last
};

/// Runs the model over the returns at these parameters; nothing is estimated.
/// Fails with not_enough_data without returns, and with out_of_domain where a number is not finite, nu <= 2,
/// or a variance comes out at 0 or below.
Result<GarchPath> garch_filter(std::span<const double> returns, const GarchSpec& spec,
                               const GarchParameters& parameters);

}  // namespace tidemark::vol
