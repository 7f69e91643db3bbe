#include "vol/garch/garch_density.hpp"

#include <boost/math/special_functions/digamma.hpp>

#include "stats/distributions/student_t.hpp"

namespace tidemark::vol {
namespace {

namespace policies = boost::math::policies;
using Quiet =
    policies::policy<policies::promote_double<false>, policies::domain_error<policies::errno_on_error>,
                     policies::pole_error<policies::errno_on_error>,
                     policies::overflow_error<policies::errno_on_error>>;

}  // namespace

StudentError::StudentError(double degrees)
    : nu{degrees},
      constant{stats::student_t_log_density(0.0, nu)},
      constant_by_nu{0.5 * (boost::math::digamma((nu + 1.0) / 2.0, Quiet{}) -
                            boost::math::digamma(nu / 2.0, Quiet{}) - 1.0 / (nu - 2.0))} {}

}  // namespace tidemark::vol
