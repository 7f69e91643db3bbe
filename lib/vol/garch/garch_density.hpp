// Log densities of the errors that conditional variance models take, and their slopes.
#pragma once

#include <cmath>

#include "stats/distributions/normal.hpp"

namespace tidemark::vol {

// Both say, of an error e = z sqrt(h):
//     log_density(z^2, ln h)   ln f(e)
//     weight(z^2)              w in d ln f / d ln h = (w z^2 - 1)/2 and d ln f / d e = -w e/h
//     by_nu(z^2)               d ln f / d nu

struct NormalError {
    double constant = stats::normal_log_density(0.0);

    [[nodiscard]] double log_density(double z2, double log_h) const { return constant - 0.5 * (log_h + z2); }
    [[nodiscard]] double weight(double) const { return 1.0; }
    [[nodiscard]] double by_nu(double) const { return 0.0; }
};

/// Student's t of unit variance: stats::student_t_log_density with what does not depend on z taken out.
struct StudentError {
    double nu, constant, constant_by_nu;

    explicit StudentError(double degrees);  // above 2

    [[nodiscard]] double log_density(double z2, double log_h) const {
        return constant - 0.5 * log_h - 0.5 * (nu + 1.0) * std::log1p(z2 / (nu - 2.0));
    }
    [[nodiscard]] double weight(double z2) const { return (nu + 1.0) / (nu - 2.0 + z2); }
    [[nodiscard]] double by_nu(double z2) const {
        return constant_by_nu - 0.5 * std::log1p(z2 / (nu - 2.0)) + 0.5 * weight(z2) * z2 / (nu - 2.0);
    }
};

}  // namespace tidemark::vol
