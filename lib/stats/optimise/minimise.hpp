// Minimisers: a derivative-free simplex and a constrained quasi-Newton method. Both deterministic.
//
// The second is NLopt's. The first is not: NLopt's LN_NELDERMEAD takes a point without a value for a number
// like others and does not restart, so that beside a wall of such points it stops too early. For (x -
// 0.999)^2 + (y - x)^2 + (z + y)^2 without a value beyond |x| < 1, from 0 with steps of 0.1 and a tolerance
// of 1e-12, NLopt 2.7.1 ends at 4e-3, this one at 2e-15; on Powell's singular function the two end at 4e-12
// and 3e-26.
#pragma once

#include <functional>
#include <vector>

#include "core/result.hpp"

namespace tidemark::stats {

/// A point where the function has no value may give NaN or infinity; it is then as bad as can be.
using Objective = std::function<double(const std::vector<double>& at)>;

/// Value at a point; fills gradient, which comes in with the size of the point. Also a constraint: met where
/// <= 0.
using SmoothObjective = std::function<double(const std::vector<double>& at, std::vector<double>& gradient)>;

struct Minimum {
    std::vector<double> at;
    double value = 0.0;
    int evaluations = 0;
    bool converged = false;  // false: max_evaluations came first, or the line search gave up early
};

/// Nelder and Mead (1965), Computer Journal 7(4), restarted once from its own answer, which frees a collapsed
/// simplex. `step` is the first simplex's edge in each coordinate. Converged when the simplex's values differ
/// by at most tolerance * (1 + |best|) and its corners by at most sqrt(tolerance) of a step and of their
/// size. Fails with out_of_domain where the sizes differ, a step is 0 or the function has no finite value at
/// start.
Result<Minimum> nelder_mead(const Objective& f, const std::vector<double>& start,
                            const std::vector<double>& step, double tolerance, int max_evaluations);

struct Bounds {
    std::vector<double> lower;  // empty: none; else as many as parameters, -infinity where there is none
    std::vector<double> upper;
};

/// Sequential quadratic programming of Kraft (1994), ACM TOMS 20(3), in NLopt: least of f within bounds where
/// every constraint is <= 0. Stops when a step changes the value or every coordinate by less than tolerance,
/// relative. Fails with out_of_domain where sizes differ or start lies outside the bounds, no_convergence
/// where the method gives no point better than nothing.
Result<Minimum> slsqp(const SmoothObjective& f, std::vector<double> start, const Bounds& bounds,
                      const std::vector<SmoothObjective>& constraints, double tolerance, int max_evaluations);

}  // namespace tidemark::stats
