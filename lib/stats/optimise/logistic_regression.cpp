#include "stats/optimise/logistic_regression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"

namespace tidemark::stats {
namespace {

constexpr int max_rounds = 500;
constexpr int max_sweeps = 10'000;
constexpr double logistic_tolerance = 1e-13;

/// Coefficients, the intercept first.
using Beta = std::vector<double>;

/// ln(1 + e^x) without overflow.
double softplus(double x) {
    return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

double shrunk(double x, double by) {
    return x > by ? x - by : (x < -by ? x + by : 0.0);
}

class Fit {
public:
    Fit(const std::vector<std::vector<double>>& rows, std::span<const int> outcomes, const ElasticNet& net)
        : rows_{rows}, outcomes_{outcomes}, net_{net}, n_{static_cast<double>(rows.size())} {}

    [[nodiscard]] double objective(const Beta& beta) const {
        double loss = 0.0;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const double eta = linear(beta, i);
            loss += softplus(eta) - (outcomes_[i] == 1 ? eta : 0.0);
        }
        double penalty = 0.0;
        for (std::size_t j = 1; j < beta.size(); ++j) {
            penalty += 0.5 * (1.0 - net_.l1_ratio) * beta[j] * beta[j] + net_.l1_ratio * std::abs(beta[j]);
        }
        return loss / n_ + net_.penalty * penalty;
    }

    /// Where the quadratic approximation at beta, with the penalty, is least.
    [[nodiscard]] Beta quadratic_minimum(const Beta& beta) const {
        std::vector<double> weight(rows_.size()),
            residual(rows_.size());  // residual is weight * working residual
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const double p = 1.0 / (1.0 + std::exp(-linear(beta, i)));
            weight[i] = std::max(p * (1.0 - p), 1e-10);
            residual[i] = (outcomes_[i] == 1 ? 1.0 : 0.0) - p;
        }
        Beta to = beta;
        for (int sweep = 0; sweep < max_sweeps; ++sweep) {
            double moved = 0.0;
            for (std::size_t j = 0; j < to.size(); ++j) {
                const double before = to[j];
                to[j] = coordinate_minimum(j, before, weight, residual);
                const double change = to[j] - before;
                for (std::size_t i = 0; i < rows_.size(); ++i) residual[i] -= weight[i] * x(i, j) * change;
                moved = std::max(moved, std::abs(change) / (1.0 + std::abs(to[j])));
            }
            if (moved < logistic_tolerance) break;
        }
        return to;
    }

private:
    [[nodiscard]] double x(std::size_t i, std::size_t j) const { return j == 0 ? 1.0 : rows_[i][j - 1]; }

    [[nodiscard]] double linear(const Beta& beta, std::size_t i) const {
        double eta = 0.0;
        for (std::size_t j = 0; j < beta.size(); ++j) eta += beta[j] * x(i, j);
        return eta;
    }

    [[nodiscard]] double coordinate_minimum(std::size_t j, double now, const std::vector<double>& weight,
                                            const std::vector<double>& residual) const {
        double pull = 0.0, curvature = 0.0;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            pull += residual[i] * x(i, j);
            curvature += weight[i] * x(i, j) * x(i, j);
        }
        pull /= n_;
        curvature /= n_;
        if (curvature == 0.0) return 0.0;  // a column of zeros
        if (j == 0) return now + pull / curvature;
        return shrunk(pull + curvature * now, net_.penalty * net_.l1_ratio) /
               (curvature + net_.penalty * (1.0 - net_.l1_ratio));
    }

    const std::vector<std::vector<double>>& rows_;
    std::span<const int> outcomes_;
    ElasticNet net_;
    double n_;
};

Status check(const std::vector<std::vector<double>>& rows, std::span<const int> outcomes,
             const ElasticNet& net) {
    if (rows.empty()) return not_enough_data("logistic regression wants at least 1 row, got 0");
    if (rows.size() != outcomes.size()) {
        return out_of_domain(fmt::format("want {} outcomes, got {}", rows.size(), outcomes.size()));
    }
    if (!(net.penalty >= 0.0 && net.l1_ratio >= 0.0 && net.l1_ratio <= 1.0)) {
        return out_of_domain(fmt::format("want penalty >= 0 and l1 ratio from 0 to 1, got {} and {}",
                                         net.penalty, net.l1_ratio));
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool finite =
            std::all_of(rows[i].begin(), rows[i].end(), [](double v) { return std::isfinite(v); });
        if (!finite || rows[i].size() != rows[0].size() || (outcomes[i] != 0 && outcomes[i] != 1)) {
            return out_of_domain(
                fmt::format("row {} wants {} finite values and outcome 0 or 1", i, rows[0].size()));
        }
    }
    return Ok{};
}

/// Moves beta to the best point found between it and `to`; false where none is better by more than rounding.
bool step(const Fit& fit, Beta& beta, double& objective, const Beta& to) {
    for (int halvings = 0; halvings < 34; ++halvings) {
        const double part = std::ldexp(1.0, -halvings);
        Beta tried = beta;
        for (std::size_t j = 0; j < beta.size(); ++j) {
            tried[j] = halvings == 0 ? to[j] : beta[j] + part * (to[j] - beta[j]);
        }
        const double value = fit.objective(tried);
        if (value < objective) {
            const bool worth = objective - value > 1e-16 * (1.0 + objective);
            beta = std::move(tried);
            objective = value;
            return worth;
        }
    }
    return false;
}

}  // namespace

double logistic_probability(const LogisticRegression& model, std::span<const double> x) {
    double eta = model.intercept;
    for (std::size_t j = 0; j < model.coefficients.size(); ++j) eta += model.coefficients[j] * x[j];
    return 1.0 / (1.0 + std::exp(-eta));
}

Result<LogisticRegression> fit_logistic(const std::vector<std::vector<double>>& rows,
                                        std::span<const int> outcomes, const ElasticNet& net) {
    if (const Status good = check(rows, outcomes, net); !good) return good.error();
    const Fit fit{rows, outcomes, net};
    Beta beta(rows[0].size() + 1, 0.0);
    double objective = fit.objective(beta);
    int rounds = 0;
    while (step(fit, beta, objective, fit.quadratic_minimum(beta))) {
        if (++rounds > max_rounds) return no_convergence("logistic regression did not settle");
    }
    const bool one_kind =
        std::all_of(outcomes.begin(), outcomes.end(), [&](int y) { return y == outcomes[0]; });
    if (one_kind || objective < 1e-9) return no_convergence("outcomes separate: no finite coefficients");
    return LogisticRegression{beta[0], {beta.begin() + 1, beta.end()}, objective};
}

}  // namespace tidemark::stats
