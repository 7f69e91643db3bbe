#include "stats/optimise/quantile_regression.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <optional>

#include "core/errors.hpp"

namespace tidemark::stats {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double slack = 1e-11;  // a slope counts as downhill beyond this part of the sizes that make it up

struct Edge {
    VectorXd change;  // of every residual, per unit along the edge
    Index leaves;     // position in the basis of the observation let go
    double slope;     // of the objective, at the vertex
};

/// A vertex: the coefficients that fit the basis observations exactly.
class Vertex {
public:
    Vertex(const MatrixXd& x, const VectorXd& y, double tau, std::vector<Index> basis)
        : x_{x}, y_{y}, tau_{tau}, basis_{std::move(basis)} {
        refit();
    }

    /// Moves along the steepest downhill edge; false where there is none.
    bool descend() {
        std::optional<Edge> steepest;
        for (Index j = 0; j < x_.cols(); ++j) {
            for (const double sign : {1.0, -1.0}) {
                Edge edge = along(j, sign);
                if (edge.slope < 0.0 && (!steepest || edge.slope < steepest->slope))
                    steepest = std::move(edge);
            }
        }
        if (!steepest) return false;
        const Index enters = line_search(*steepest);
        if (enters < 0) return false;
        basis_[static_cast<std::size_t>(steepest->leaves)] = enters;
        refit();
        return true;
    }

    [[nodiscard]] const std::vector<Index>& basis() const { return basis_; }

private:
    void refit() {
        MatrixXd rows(x_.cols(), x_.cols());
        VectorXd values(x_.cols());
        for (Index j = 0; j < x_.cols(); ++j) {
            rows.row(j) = x_.row(basis_[static_cast<std::size_t>(j)]);
            values[j] = y_[basis_[static_cast<std::size_t>(j)]];
        }
        inverse_ = rows.fullPivLu().inverse();
        residual_ = y_ - x_ * (inverse_ * values);
        for (const Index i : basis_) residual_[i] = 0.0;
    }

    [[nodiscard]] Edge along(Index j, double sign) const {
        Edge edge{-sign * (x_ * inverse_.col(j)), j, 0.0};
        for (Index k = 0; k < x_.cols(); ++k) {
            edge.change[basis_[static_cast<std::size_t>(k)]] = k == j ? -sign : 0.0;
        }
        double size = 0.0;
        for (Index i = 0; i < residual_.size(); ++i) {
            const double d = edge.change[i];
            // At a residual of 0 the loss grows whichever way it moves.
            const double rate = residual_[i] > 0.0 || (residual_[i] == 0.0 && d > 0.0) ? tau_ : tau_ - 1.0;
            edge.slope += rate * d;
            size += std::abs(rate * d);
        }
        if (std::abs(edge.slope) <= slack * size) edge.slope = 0.0;
        return edge;
    }

    /// The observation whose residual reaches 0 where the slope along the edge stops being downhill.
    [[nodiscard]] Index line_search(const Edge& edge) const {
        std::vector<std::pair<double, Index>> crossings;
        for (Index i = 0; i < residual_.size(); ++i) {
            const double d = edge.change[i];
            if (residual_[i] * d < 0.0) crossings.emplace_back(-residual_[i] / d, i);
        }
        std::sort(crossings.begin(), crossings.end());
        double slope = edge.slope;
        for (const auto& [at, i] : crossings) {
            slope += std::abs(edge.change[i]);
            if (slope >= 0.0) return i;
        }
        return crossings.empty() ? -1 : crossings.back().second;
    }

    const MatrixXd& x_;
    const VectorXd& y_;
    double tau_;
    std::vector<Index> basis_;
    MatrixXd inverse_;
    VectorXd residual_;
};

/// Rows that are independent, found by pivoting; empty where there are too few.
std::vector<Index> independent_rows(const MatrixXd& x) {
    const Eigen::ColPivHouseholderQR<MatrixXd> qr{x.transpose()};
    if (qr.rank() < x.cols()) return {};
    std::vector<Index> rows;
    for (Index j = 0; j < x.cols(); ++j) rows.push_back(qr.colsPermutation().indices()[j]);
    return rows;
}

/// y moved apart by less than matters, so that no vertex fits more observations than it has coefficients: the
/// walk then never stands still. Multiples of the golden section are nowhere evenly spaced.
VectorXd parted(const VectorXd& y) {
    const double size = 1e-10 * std::max(y.cwiseAbs().maxCoeff(), 1e-300);
    VectorXd out = y;
    for (Index i = 0; i < y.size(); ++i) {
        const double turn = 0.6180339887498949 * static_cast<double>(i + 1);
        out[i] += size * (turn - std::floor(turn));
    }
    return out;
}

Result<MatrixXd> design(std::size_t n, const std::vector<std::vector<double>>& regressors) {
    MatrixXd x(static_cast<Index>(n), static_cast<Index>(regressors.size() + 1));
    x.col(0).setOnes();
    for (std::size_t j = 0; j < regressors.size(); ++j) {
        if (regressors[j].size() != n) {
            return out_of_domain(
                fmt::format("want {} values of regressor {}, got {}", n, j, regressors[j].size()));
        }
        x.col(static_cast<Index>(j) + 1) =
            Eigen::Map<const VectorXd>(regressors[j].data(), static_cast<Index>(n));
    }
    return x;
}

QuantileRegression fit_at(const MatrixXd& x, const VectorXd& y, double tau, const std::vector<Index>& basis) {
    MatrixXd rows(x.cols(), x.cols());
    VectorXd values(x.cols());
    for (Index j = 0; j < x.cols(); ++j) {
        rows.row(j) = x.row(basis[static_cast<std::size_t>(j)]);
        values[j] = y[basis[static_cast<std::size_t>(j)]];
    }
    const VectorXd beta = rows.fullPivLu().solve(values);
    const VectorXd residual = y - x * beta;
    double objective = 0.0;
    for (const double r : residual) objective += pinball(r, 0.0, tau);
    return {std::vector<double>(beta.begin(), beta.end()), objective};
}

}  // namespace

double pinball(double y, double q, double tau) {
    return (tau - (y < q ? 1.0 : 0.0)) * (y - q);
}

Result<QuantileRegression> quantile_regression(std::span<const double> y,
                                               const std::vector<std::vector<double>>& regressors,
                                               double tau) {
    if (!(tau > 0.0 && tau < 1.0)) return out_of_domain(fmt::format("want tau inside 0 to 1, got {}", tau));
    if (y.size() < regressors.size() + 1) {
        return not_enough_data(fmt::format("{} coefficients want as many observations, got {}",
                                           regressors.size() + 1, y.size()));
    }
    const auto x = design(y.size(), regressors);
    if (!x) return x.error();
    const VectorXd values = Eigen::Map<const VectorXd>(y.data(), static_cast<Index>(y.size()));
    if (!x->allFinite() || !values.allFinite())
        return out_of_domain("quantile regression wants finite values");
    std::vector<Index> basis = independent_rows(*x);
    if (basis.empty()) return no_convergence("regressors depend on each other");
    const VectorXd apart = parted(values);
    Vertex vertex{*x, apart, tau, std::move(basis)};
    const std::size_t most_steps = 100 * y.size() + 1000;
    for (std::size_t step = 0; vertex.descend(); ++step) {
        if (step > most_steps) return no_convergence("quantile regression did not settle");
    }
    return fit_at(*x, values, tau, vertex.basis());
}

}  // namespace tidemark::stats
