#include <fmt/format.h>
#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/errors.hpp"
#include "stats/optimise/minimise.hpp"

namespace tidemark::stats {
namespace {

/// NLopt's line search needs a number where the function has none.
constexpr double worse_than_any = 1e100;

double call(unsigned n, const double* x, double* gradient, void* function) {
    const std::vector<double> at(x, x + n);
    std::vector<double> slope(n);
    const double value = (*static_cast<const SmoothObjective*>(function))(at, slope);
    if (gradient != nullptr) {
        std::transform(slope.begin(), slope.end(), gradient,
                       [](double g) { return std::isfinite(g) ? g : 0.0; });
    }
    return std::isfinite(value) ? value : worse_than_any;
}

bool inside(const std::vector<double>& at, const Bounds& bounds) {
    for (std::size_t i = 0; i < at.size(); ++i) {
        if (!std::isfinite(at[i])) return false;
        if (!bounds.lower.empty() && at[i] < bounds.lower[i]) return false;
        if (!bounds.upper.empty() && at[i] > bounds.upper[i]) return false;
    }
    return true;
}

bool fits(const std::vector<double>& start, const Bounds& bounds) {
    const auto size_fits = [&](const auto& v) { return v.empty() || v.size() == start.size(); };
    return !start.empty() && size_fits(bounds.lower) && size_fits(bounds.upper) && inside(start, bounds);
}

}  // namespace

Result<Minimum> slsqp(const SmoothObjective& f, std::vector<double> start, const Bounds& bounds,
                      const std::vector<SmoothObjective>& constraints, double tolerance,
                      int max_evaluations) {
    if (!fits(start, bounds)) {
        return out_of_domain(
            fmt::format("slsqp wants a finite start within the bounds of its {} "
                        "parameters",
                        start.size()));
    }
    const std::unique_ptr<nlopt_opt_s, void (*)(nlopt_opt)> owner{
        nlopt_create(NLOPT_LD_SLSQP, static_cast<unsigned>(start.size())), nlopt_destroy};
    nlopt_opt method = owner.get();
    // NLopt takes functions through void*; call() gives the const back.
    nlopt_set_min_objective(method, call, const_cast<SmoothObjective*>(&f));
    if (!bounds.lower.empty()) nlopt_set_lower_bounds(method, bounds.lower.data());
    if (!bounds.upper.empty()) nlopt_set_upper_bounds(method, bounds.upper.data());
    for (const SmoothObjective& constraint : constraints) {
        nlopt_add_inequality_constraint(method, call, const_cast<SmoothObjective*>(&constraint), 0.0);
    }
    nlopt_set_ftol_rel(method, tolerance);
    nlopt_set_xtol_rel(method, tolerance);
    nlopt_set_maxeval(method, max_evaluations);

    Minimum minimum{std::move(start), 0.0, 0, false};
    const nlopt_result outcome = nlopt_optimize(method, minimum.at.data(), &minimum.value);
    const bool usable = outcome > 0 || outcome == NLOPT_ROUNDOFF_LIMITED;
    if (!usable || !(minimum.value < worse_than_any)) {
        return no_convergence(fmt::format("slsqp found no point: {}", nlopt_result_to_string(outcome)));
    }
    minimum.evaluations = nlopt_get_numevals(method);
    minimum.converged = outcome != NLOPT_MAXEVAL_REACHED && outcome != NLOPT_ROUNDOFF_LIMITED;
    return minimum;
}

}  // namespace tidemark::stats
