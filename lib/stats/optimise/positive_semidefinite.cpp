#include "stats/optimise/positive_semidefinite.hpp"

#include <Eigen/Dense>

namespace tidemark::stats {

bool positive_semidefinite(std::span<const double> matrix, std::size_t n) {
    constexpr double rounding = 1e-9;
    if (n == 0) return true;
    const auto size = static_cast<Eigen::Index>(n);
    const Eigen::Map<const Eigen::MatrixXd> symmetric{matrix.data(), size, size};
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solved{symmetric, Eigen::EigenvaluesOnly};
    return solved.info() == Eigen::Success && solved.eigenvalues().minCoeff() >= -rounding;
}

}  // namespace tidemark::stats
