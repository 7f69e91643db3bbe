#include "stats/distributions/tail_probability.hpp"

#include <fmt/format.h>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "core/errors.hpp"
#include "stats/quiet.hpp"

namespace tidemark::stats {
double chi_square_survival(double x, double dof) {
    if (std::isnan(x) || !(dof > 0.0)) return std::numeric_limits<double>::quiet_NaN();
    if (x <= 0.0) return 1.0;
    if (std::isinf(x)) return 0.0;
    return boost::math::gamma_q(0.5 * dof, 0.5 * x, Quiet{});
}

double binomial_probability(std::int64_t k, std::int64_t n, double p) {
    if (k < 0 || k > n) return 0.0;
    if (p <= 0.0) return k == 0 ? 1.0 : 0.0;
    if (p >= 1.0) return k == n ? 1.0 : 0.0;
    const auto successes = static_cast<double>(k);
    const auto failures = static_cast<double>(n - k);
    return boost::math::ibeta_derivative(successes + 1.0, failures + 1.0, p, Quiet{}) /
           (static_cast<double>(n) + 1.0);
}

double binomial_cdf(std::int64_t k, std::int64_t n, double p) {
    if (k < 0) return 0.0;
    if (k >= n || p <= 0.0) return 1.0;
    if (p >= 1.0) return 0.0;
    return boost::math::ibetac(static_cast<double>(k) + 1.0, static_cast<double>(n - k), p, Quiet{});
}

Result<double> beta_cdf(double x, double a, double b) {
    if (!(x >= 0.0 && x <= 1.0 && a > 0.0 && b > 0.0)) {
        return out_of_domain(
            fmt::format("beta wants 0 <= x <= 1, a > 0, b > 0; got x {}, a {}, b {}", x, a, b));
    }
    return boost::math::ibeta(a, b, x, Quiet{});
}

}  // namespace tidemark::stats
