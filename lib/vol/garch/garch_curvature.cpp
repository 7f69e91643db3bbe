#include "vol/garch/garch_curvature.hpp"

#include <Eigen/Dense>
#include <cmath>

namespace tidemark::vol {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

struct Point {
    VectorXd gradient;
    MatrixXd outer_product;  // of the scores
};

VectorXd at_places(const GarchVector& v, const std::vector<std::size_t>& places) {
    VectorXd out(static_cast<Index>(places.size()));
    for (std::size_t i = 0; i < places.size(); ++i) out[static_cast<Index>(i)] = v[places[i]];
    return out;
}

Point point(const GarchLikelihood& likelihood, const GarchParameters& at) {
    const auto places = free_parameters(likelihood.spec());
    std::vector<GarchVector> scores;
    GarchDerivatives out;
    out.scores = &scores;
    likelihood.derive(at, out);
    Point found{at_places(out.gradient, places), MatrixXd::Zero(Index(places.size()), Index(places.size()))};
    for (const GarchVector& score : scores) {
        const VectorXd s = at_places(score, places);
        found.outer_product.noalias() += s * s.transpose();
    }
    return found;
}

VectorXd gradient_at(const GarchLikelihood& likelihood, GarchVector v, std::size_t moved, double by) {
    v[moved] += by;
    GarchDerivatives out;
    likelihood.derive(to_parameters(v), out);
    return at_places(out.gradient, free_parameters(likelihood.spec()));
}

/// Of the standard error: there neither the likelihood's bend nor rounding shows in the first eight digits.
constexpr double fine_step = 1e-4;
/// Wide enough to span many of the kinks that egarch has in mu, where a fine one would measure a single one.
constexpr double kink_step = 0.5;

/// Differences of the exact gradient, over this share of its standard error for mu and the fine one for the
/// rest.
MatrixXd hessian(const GarchLikelihood& likelihood, const GarchParameters& at, const Point& here,
                 double mu_step = fine_step) {
    const auto places = free_parameters(likelihood.spec());
    const MatrixXd spread = here.outer_product.fullPivLu().inverse();
    MatrixXd second(spread.rows(), spread.cols());
    for (std::size_t i = 0; i < places.size(); ++i) {
        const GarchVector v = to_vector(at);
        const double x = v[places[i]];
        const double error = std::sqrt(std::abs(spread(Index(i), Index(i))));
        const double share = places[i] == 0 ? mu_step : fine_step;
        const double wanted =
            std::isfinite(error) && error > 0.0 ? share * error : 1e-6 * (1e-3 + std::abs(x));
        const double step = (x + wanted) - x;  // one the parameter can take exactly
        second.col(Index(i)) =
            (gradient_at(likelihood, v, places[i], step) - gradient_at(likelihood, v, places[i], -step)) /
            (2.0 * step);
    }
    return 0.5 * (second + second.transpose());
}

GarchMatrix to_rows(const MatrixXd& m) {
    GarchMatrix out{static_cast<std::size_t>(m.rows()), {}};
    for (Index i = 0; i < m.rows(); ++i) {
        for (Index j = 0; j < m.cols(); ++j) out.values.push_back(m(i, j));
    }
    return out;
}

MatrixXd to_eigen(const GarchMatrix& m) {
    const auto size = static_cast<Index>(m.size);
    return Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
        m.values.data(), size, size);
}

}  // namespace

std::optional<GarchCovariances> garch_covariances(const GarchLikelihood& likelihood,
                                                  const GarchParameters& at) {
    const Point here = point(likelihood, at);
    const double mu_step = likelihood.spec().model == GarchModel::egarch ? kink_step : fine_step;
    const MatrixXd information = -hessian(likelihood, at, here, mu_step);
    const Eigen::LLT<MatrixXd> root{information};
    if (root.info() != Eigen::Success || !information.allFinite()) return std::nullopt;
    const MatrixXd inverse = root.solve(MatrixXd::Identity(information.rows(), information.cols()));
    return GarchCovariances{to_rows(inverse), to_rows(here.outer_product.fullPivLu().inverse()),
                            to_rows(inverse * here.outer_product * inverse)};
}

GarchMatrix transformed(const GarchMatrix& covariance, const GarchMatrix& jacobian) {
    const MatrixXd j = to_eigen(jacobian);
    return to_rows(j * to_eigen(covariance) * j.transpose());
}

std::vector<double> root_diagonal(const GarchMatrix& covariance) {
    std::vector<double> roots;
    for (std::size_t i = 0; i < covariance.size; ++i) roots.push_back(std::sqrt(covariance.at(i, i)));
    return roots;
}

std::optional<GarchParameters> newton_step(const GarchLikelihood& likelihood, const GarchParameters& at) {
    const Point here = point(likelihood, at);
    const MatrixXd information = -hessian(likelihood, at, here);
    const Eigen::LLT<MatrixXd> root{information};
    if (root.info() != Eigen::Success || !information.allFinite()) return std::nullopt;
    const VectorXd step = root.solve(here.gradient);
    GarchVector moved = to_vector(at);
    const auto places = free_parameters(likelihood.spec());
    for (std::size_t i = 0; i < places.size(); ++i) moved[places[i]] += step[Index(i)];
    return to_parameters(moved);
}

}  // namespace tidemark::vol
