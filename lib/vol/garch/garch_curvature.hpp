// Second derivatives of a conditional variance likelihood, and what they say about errors of estimation. The
// one place of this family that knows matrices, and these are Eigen's.
#pragma once

#include <optional>
#include <vector>

#include "vol/garch/garch.hpp"
#include "vol/garch/garch_likelihood.hpp"

namespace tidemark::vol {

/// Square, row by row, over the free parameters of a spec.
struct GarchMatrix {
    std::size_t size = 0;
    std::vector<double> values;

    double& at(std::size_t i, std::size_t j) { return values[i * size + j]; }
    [[nodiscard]] double at(std::size_t i, std::size_t j) const { return values[i * size + j]; }
};

/// The three estimates of the covariance of the free parameters.
struct GarchCovariances {
    GarchMatrix hessian, outer_product, sandwich;
};

/// None where the observed information is not positive definite.
std::optional<GarchCovariances> garch_covariances(const GarchLikelihood& likelihood,
                                                  const GarchParameters& at);

/// The covariance of J theta for that of theta.
GarchMatrix transformed(const GarchMatrix& covariance, const GarchMatrix& jacobian);

std::vector<double> root_diagonal(const GarchMatrix& covariance);

/// One Newton step towards the maximum; none where the observed information is not positive definite.
std::optional<GarchParameters> newton_step(const GarchLikelihood& likelihood, const GarchParameters& at);

}  // namespace tidemark::vol
