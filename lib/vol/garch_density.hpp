// Log densities of unit-variance errors, as a function of e and ln h. Used by garch_likelihood.cpp alone.
#pragma once

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>

namespace tidemark::vol {

inline constexpr double ln_two_pi = 1.8378770664093454836;

struct NormalError {
    explicit NormalError(double) {}

    [[nodiscard]] double log_density(double z2, double log_h) const {
        return -0.5 * (ln_two_pi + log_h + z2);
    }
    /// w in d ln f / d ln h = (w z^2 - 1)/2 and d ln f / d e = -w e/h.
    [[nodiscard]] double weight(double) const { return 1.0; }
    [[nodiscard]] double by_nu(double) const { return 0.0; }
};

/// ln G((nu+1)/2) - ln G(nu/2) - ln(pi (nu-2))/2 - ln h/2 - (nu+1)/2 ln(1 + z^2/(nu-2))
struct StudentError {
    using Policy = boost::math::policies::policy<
        boost::math::policies::promote_double<false>,
        boost::math::policies::domain_error<boost::math::policies::ignore_error>,
        boost::math::policies::pole_error<boost::math::policies::ignore_error>,
        boost::math::policies::overflow_error<boost::math::policies::ignore_error>>;

    double nu, constant, constant_by_nu;

    explicit StudentError(double degrees)
        : nu{degrees},
          constant{boost::math::lgamma((nu + 1.0) / 2.0, Policy{}) - boost::math::lgamma(nu / 2.0, Policy{}) -
                   0.5 * std::log(std::numbers::pi * (nu - 2.0))},
          constant_by_nu{0.5 * (boost::math::digamma((nu + 1.0) / 2.0, Policy{}) -
                                boost::math::digamma(nu / 2.0, Policy{}) - 1.0 / (nu - 2.0))} {}

    [[nodiscard]] double log_density(double z2, double log_h) const {
        return constant - 0.5 * log_h - 0.5 * (nu + 1.0) * std::log1p(z2 / (nu - 2.0));
    }
    [[nodiscard]] double weight(double z2) const { return (nu + 1.0) / (nu - 2.0 + z2); }
    [[nodiscard]] double by_nu(double z2) const {
        return constant_by_nu - 0.5 * std::log1p(z2 / (nu - 2.0)) + 0.5 * weight(z2) * z2 / (nu - 2.0);
    }
};

}  // namespace tidemark::vol
