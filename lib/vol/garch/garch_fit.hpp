// Maximum likelihood for conditional variance models.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "vol/garch/garch.hpp"

namespace tidemark::vol {

inline constexpr std::size_t garch_min_returns = 100;

enum class FitStatus {
    converged,      // an interior optimum: the gradient, scaled by the standard errors, is below 1e-3
    boundary,       // a bound holds the optimum: standard errors would mean nothing and are absent
    not_converged,  // no start reached an optimum: the figures are not to be used
};

std::string_view fit_status_name(FitStatus status);

/// In the order of the free parameters.
struct StandardErrors {
    std::vector<double> hessian;        // inverse of the observed information
    std::vector<double> outer_product;  // inverse of the summed outer products of the scores
    std::vector<double> sandwich;  // Bollerslev and Wooldridge (1992): right where only mean and variance are
};

struct GarchFit {
    GarchSpec spec;
    GarchParameters parameters;
    double log_likelihood = 0.0;
    FitStatus status = FitStatus::not_converged;
    std::vector<std::string_view> binding;  // what holds a boundary fit: names of parameters, or persistence
    std::optional<StandardErrors> errors;
    double scaled_gradient =
        0.0;  // largest |gradient x standard error|; mu left out for egarch, see garch_fit
    double persistence = 0.0;
    double first_variance = 0.0, last_variance = 0.0, next_variance = 0.0;
    int evaluations = 0;  // of the likelihood, from the start that led here
    std::size_t samples = 0;
};

/// Fits in returns scaled to a sample variance of 1, and reports in the caller's units, so returns of 0.01
/// and of 1 % give one fit. Sequential quadratic programming on the exact gradient from twelve starts, then
/// Newton steps where the optimum is interior. The likelihood of egarch has a kink wherever mu meets a
/// return, so that one is finished by a simplex instead. Fails with not_enough_data below garch_min_returns,
/// out_of_range where a return is not finite, out_of_domain where all are equal.
Result<GarchFit> garch_fit(std::span<const double> returns, const GarchSpec& spec = {});

}  // namespace tidemark::vol
