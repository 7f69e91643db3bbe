#include "vol/garch/garch_density.hpp"

#include <boost/math/special_functions/digamma.hpp>

#include "stats/distributions/student_t.hpp"
#include "stats/quiet.hpp"

namespace tidemark::vol {

StudentError::StudentError(double degrees)
    : nu{degrees},
      constant{stats::student_t_log_density(0.0, nu)},
      constant_by_nu{0.5 * (boost::math::digamma((nu + 1.0) / 2.0, stats::Quiet{}) -
                            boost::math::digamma(nu / 2.0, stats::Quiet{}) - 1.0 / (nu - 2.0))} {}

}  // namespace tidemark::vol
