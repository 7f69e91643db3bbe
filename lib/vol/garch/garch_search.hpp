// The search for the parameters of greatest likelihood, in returns of sample variance 1.
#pragma once

#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "vol/garch/garch.hpp"
#include "vol/garch/garch_likelihood.hpp"

namespace tidemark::vol {

struct GarchSearch {
    GarchParameters best;
    double log_likelihood = 0.0;
    bool converged = false;  // the method that found it said so
    int evaluations = 0;     // on the way from the start that led here
};

/// Wants the sample variance of the returns to be 1. Fails with no_convergence where no start has a
/// likelihood.
Result<GarchSearch> garch_search(const GarchLikelihood& likelihood);

/// Names of the bounds that the point lies on; persistence among them.
std::vector<std::string_view> binding_bounds(const GarchSpec& spec, const GarchParameters& at);

}  // namespace tidemark::vol
