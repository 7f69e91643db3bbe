#include "stats/distributions/student_t.hpp"

#include <fmt/format.h>

#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/errors.hpp"
#include "stats/quiet.hpp"

namespace tidemark::stats {
namespace {

using StudentT = boost::math::students_t_distribution<double, Quiet>;

}  // namespace

double student_t_log_density(double z, double dof) {
    if (!(dof > 2.0)) return std::numeric_limits<double>::quiet_NaN();
    // The ratio of gammas, not the difference of their logs: that cancels for large dof.
    const double gammas = -std::log(boost::math::tgamma_delta_ratio(0.5 * dof, 0.5, Quiet{}));
    return gammas - 0.5 * std::log(std::numbers::pi * (dof - 2.0)) -
           0.5 * (dof + 1.0) * std::log1p(z * z / (dof - 2.0));
}

Result<StudentTTail> student_t_tail(double p, double dof) {
    if (!(p > 0.0 && p < 1.0)) {
        return out_of_domain(fmt::format("t quantile wants a probability inside 0 to 1, got {}", p));
    }
    if (!(dof > 2.0 && std::isfinite(dof))) {
        return out_of_domain(fmt::format("unit variance wants more than 2 degrees of freedom, got {}", dof));
    }
    const StudentT unscaled{dof};
    const double t = boost::math::quantile(unscaled, p);
    const double to_unit = std::sqrt((dof - 2.0) / dof);
    const double mean_below = -(dof + t * t) / (dof - 1.0) * boost::math::pdf(unscaled, t) / p;
    return StudentTTail{t * to_unit, mean_below * to_unit};
}

double student_t_two_sided(double t, double dof) {
    if (!(dof > 0.0) || std::isnan(t)) return std::numeric_limits<double>::quiet_NaN();
    return 2.0 * boost::math::cdf(StudentT{dof}, -std::abs(t));
}

}  // namespace tidemark::stats
