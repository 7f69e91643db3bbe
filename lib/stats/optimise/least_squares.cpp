#include "stats/optimise/least_squares.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <cmath>

namespace tidemark::stats {
namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Decomposition = Eigen::ColPivHouseholderQR<Eigen::MatrixXd>;

Eigen::Map<const Rows> matrix(const Design& design) {
    return {design.values.data(), static_cast<Eigen::Index>(design.rows()),
            static_cast<Eigen::Index>(design.columns)};
}

Eigen::Map<const Eigen::VectorXd> vector(std::span<const double> values) {
    return {values.data(), static_cast<Eigen::Index>(values.size())};
}

std::vector<double> to_std(const Eigen::VectorXd& v) {
    return {v.data(), v.data() + v.size()};
}

Result<Decomposition> decompose(const Design& design) {
    if (design.columns == 0 || design.rows() <= design.columns) {
        return Error{
            Errc::not_enough_data,
            fmt::format("least squares wants more than {} rows, got {}", design.columns, design.rows()), "",
            0};
    }
    Decomposition qr{matrix(design)};
    if (!matrix(design).allFinite() || qr.rank() < matrix(design).cols()) {
        return Error{Errc::out_of_domain, "the regressors depend on one another or are not finite", "", 0};
    }
    return qr;
}

/// (X'X)^-1 out of X P = Q R.
Eigen::MatrixXd inverse_gram(const Decomposition& qr) {
    const Eigen::Index n = qr.cols();
    const Eigen::MatrixXd r_inverse = qr.matrixQR().topLeftCorner(n, n).triangularView<Eigen::Upper>().solve(
        Eigen::MatrixXd::Identity(n, n));
    return qr.colsPermutation() * (r_inverse * r_inverse.transpose()) * qr.colsPermutation().transpose();
}

double squares_about_mean(const Eigen::VectorXd& y) {
    return (y.array() - y.mean()).square().sum();
}

}  // namespace

Result<LeastSquares> least_squares(const Design& design, std::span<const double> target) {
    const auto qr = decompose(design);
    if (!qr) return qr.error();
    if (target.size() != design.rows() || !vector(target).allFinite()) {
        return Error{Errc::out_of_domain,
                     fmt::format("want {} finite targets, got {}", design.rows(), target.size()), "", 0};
    }
    const Eigen::VectorXd b = qr->solve(vector(target));
    const Eigen::VectorXd left = vector(target) - matrix(design) * b;
    const double sum = left.squaredNorm();
    const double variance = sum / static_cast<double>(design.rows() - design.columns);
    const Eigen::VectorXd errors = (variance * inverse_gram(*qr).diagonal()).cwiseSqrt();
    return LeastSquares{to_std(b), to_std(left), to_std(errors), variance,
                        1.0 - sum / squares_about_mean(vector(target))};
}

Result<std::vector<double>> newey_west_errors(const Design& design, std::span<const double> residuals,
                                              std::size_t lags) {
    const auto qr = decompose(design);
    if (!qr) return qr.error();
    if (residuals.size() != design.rows()) {
        return Error{Errc::out_of_domain,
                     fmt::format("want {} residuals, got {}", design.rows(), residuals.size()), "", 0};
    }
    const Eigen::MatrixXd scores = vector(residuals).asDiagonal() * matrix(design);
    Eigen::MatrixXd meat = scores.transpose() * scores;
    const Eigen::Index n = scores.rows();
    for (Eigen::Index lag = 1; lag <= static_cast<Eigen::Index>(lags) && lag < n; ++lag) {
        const double weight = 1.0 - static_cast<double>(lag) / (static_cast<double>(lags) + 1.0);
        const Eigen::MatrixXd cross = scores.bottomRows(n - lag).transpose() * scores.topRows(n - lag);
        meat += weight * (cross + cross.transpose());
    }
    const Eigen::MatrixXd bread = inverse_gram(*qr);
    return to_std((bread * meat * bread).diagonal().cwiseSqrt());
}

}  // namespace tidemark::stats
