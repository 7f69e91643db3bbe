#include "vol/history/correlation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tidemark::vol {
namespace {

/// Of the first row to the last: decay^age, summing to 1. Without decay they are all one number.
class Weights {
public:
    Weights(std::size_t rows, double decay) : rows_{rows}, each_{1.0 / static_cast<double>(rows)} {
        if (decay == 1.0) return;
        falling_.resize(rows);
        double weight = 1.0, sum = 0.0;
        for (std::size_t i = rows; i-- > 0;) {
            falling_[i] = weight;
            sum += weight;
            weight *= decay;
        }
        for (double& w : falling_) w /= sum;
    }
    [[nodiscard]] std::size_t size() const { return rows_; }
    double operator[](std::size_t i) const { return falling_.empty() ? each_ : falling_[i]; }

private:
    std::size_t rows_;
    double each_;
    std::vector<double> falling_;
};

/// Each series less its weighted mean, scaled to unit weighted variance; zeros where it does not move.
std::vector<double> standardised(SynchronousReturns returns, const Weights& weights) {
    std::vector<double> z = std::move(returns.values);
    const std::size_t n = returns.series;
    for (std::size_t j = 0; j < n; ++j) {
        double mean = 0.0, variance = 0.0, largest = 0.0;
        for (std::size_t t = 0; t < weights.size(); ++t) mean += weights[t] * z[t * n + j];
        for (std::size_t t = 0; t < weights.size(); ++t) {
            largest = std::max(largest, std::abs(z[t * n + j]));
            z[t * n + j] -= mean;
            variance += weights[t] * z[t * n + j] * z[t * n + j];
        }
        // Below this the deviations are the rounding of the mean.
        const bool moves = std::sqrt(variance) > 1e-14 * largest;
        const double scale = moves ? 1.0 / std::sqrt(variance) : 0.0;
        for (std::size_t t = 0; t < weights.size(); ++t) z[t * n + j] *= scale;
    }
    return z;
}

std::vector<double> correlations(std::span<const double> z, const Weights& weights, std::size_t n) {
    std::vector<double> matrix(n * n, 0.0);
    for (std::size_t t = 0; t < weights.size(); ++t) {
        const double* const row = z.data() + t * n;
        for (std::size_t i = 0; i < n; ++i) {
            const double weighted = weights[t] * row[i];
            double* const sums = matrix.data() + i * n;
            for (std::size_t j = 0; j < i; ++j) sums[j] += weighted * row[j];
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        matrix[i * n + i] = 1.0;
        for (std::size_t j = 0; j < i; ++j)
            matrix[j * n + i] = matrix[i * n + j] = std::clamp(matrix[i * n + j], -1.0, 1.0);
    }
    return matrix;
}

/// |z z' - C|^2 = |z|^4 - 2 z'Cz + |C|^2.
double distance(std::span<const double> z, std::span<const double> matrix, double matrix_norm) {
    double square = 0.0, form = 0.0;
    for (std::size_t i = 0; i < z.size(); ++i) {
        square += z[i] * z[i];
        for (std::size_t j = 0; j < z.size(); ++j) form += z[i] * matrix[i * z.size() + j] * z[j];
    }
    return square * square - 2.0 * form + matrix_norm;
}

double optimal_shrinkage(std::span<const double> z, const Weights& weights, std::span<const double> matrix,
                         std::size_t n) {
    double norm = 0.0;
    for (const double c : matrix) norm += c * c;
    const double from_identity = norm - static_cast<double>(n);
    double noise = 0.0;
    for (std::size_t t = 0; t < weights.size(); ++t)
        noise += weights[t] * weights[t] * distance(z.subspan(t * n, n), matrix, norm);
    return noise < from_identity ? std::max(noise / from_identity, correlation_min_shrinkage) : 1.0;
}

}  // namespace

SynchronousReturns synchronous_returns(std::vector<NextReturn> series, std::size_t rows) {
    SynchronousReturns out;
    out.series = series.size();
    out.values.reserve(rows * series.size());
    std::vector<std::optional<TimedReturn>> at;
    at.reserve(series.size());
    for (const NextReturn& next : series) at.push_back(next());
    const auto ended = [&] {
        return std::any_of(at.begin(), at.end(), [](const auto& one) { return !one.has_value(); });
    };
    std::int64_t lacking = 0;  // since the last common bar
    while (!at.empty() && !ended()) {
        Timestamp first = at[0]->open;
        for (const auto& one : at) first = std::min(first, one->open);
        const std::size_t before = out.values.size();
        for (std::size_t j = 0; j < series.size(); ++j) {
            if (at[j]->open != first) continue;
            out.values.push_back(at[j]->log_return);
            at[j] = series[j]();
        }
        if (out.values.size() == before + series.size()) {
            out.left_out += lacking;
            lacking = 0;
        } else {
            out.values.resize(before);
            lacking += before > 0 ? 1 : 0;
        }
    }
    return out;
}

Result<ShrunkCorrelation> shrunk_correlation(SynchronousReturns returns, double decay) {
    if (!(decay > 0.0 && decay <= 1.0))
        return Error{Errc::out_of_range, fmt::format("want a decay above 0, at most 1, got {}", decay), "",
                     0};
    if (returns.rows() < 2)
        return Error{Errc::not_enough_data,
                     fmt::format("correlation wants at least 2 common returns, got {}", returns.rows()), "",
                     0};
    for (const double r : returns.values) {
        if (!std::isfinite(r))
            return Error{Errc::out_of_domain, fmt::format("want finite returns, got {}", r), "", 0};
    }
    const std::size_t n = returns.series;
    const Weights weights{returns.rows(), decay};
    const std::vector<double> z = standardised(std::move(returns), weights);
    ShrunkCorrelation out;
    out.matrix = correlations(z, weights, n);
    out.shrinkage = optimal_shrinkage(z, weights, out.matrix, n);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            if (i != j) out.matrix[i * n + j] *= 1.0 - out.shrinkage;
        }
    }
    return out;
}

}  // namespace tidemark::vol
