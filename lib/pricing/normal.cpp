#include "pricing/normal.hpp"

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "pricing/mills.hpp"

namespace tidemark::pricing {

double normal_pdf(double z) {
    if (!(std::fabs(z) < mills_fit_end)) return std::isnan(z) ? z : 0.0;
    // z^2/2 rounded would cost z^2/2 ulp in the exponential: square the leading bits exactly.
    const double lead = std::nearbyint(z * 16.0) / 16.0;
    return inv_root_two_pi * std::exp(-0.5 * lead * lead) * std::exp(-0.5 * (z - lead) * (z + lead));
}

double normal_cdf(double z) {
    const double beyond = normal_pdf(z) * mills_fraction(std::fmin(std::fabs(z), mills_fit_end)).ratio();
    return z > 0.0 ? 1.0 - beyond : beyond;
}

double normal_quantile(double p) {
    if (p == 0.0) return -std::numeric_limits<double>::infinity();
    if (p == 1.0) return std::numeric_limits<double>::infinity();
    if (!(p > 0.0 && p < 1.0)) return std::numeric_limits<double>::quiet_NaN();
    namespace policies = boost::math::policies;
    using Quiet =
        policies::policy<policies::promote_double<false>, policies::domain_error<policies::ignore_error>,
                         policies::overflow_error<policies::ignore_error>,
                         policies::evaluation_error<policies::ignore_error>>;
    return -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * p, Quiet{});
}

}  // namespace tidemark::pricing
