// Boost.Math as this library calls it.
#pragma once

#include <boost/math/policies/policy.hpp>

namespace tidemark::stats {

namespace boost_policies = boost::math::policies;

/// Doubles are computed as doubles, and what has no value comes back as no finite number, not as an
/// exception.
using Quiet = boost_policies::policy<boost_policies::promote_double<false>,
                                     boost_policies::domain_error<boost_policies::errno_on_error>,
                                     boost_policies::pole_error<boost_policies::errno_on_error>,
                                     boost_policies::overflow_error<boost_policies::errno_on_error>,
                                     boost_policies::evaluation_error<boost_policies::errno_on_error>>;

}  // namespace tidemark::stats
