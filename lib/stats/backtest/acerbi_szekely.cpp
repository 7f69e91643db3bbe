#include "stats/backtest/acerbi_szekely.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "stats/distributions/normal.hpp"
#include "stats/distributions/order_statistics.hpp"
#include "stats/distributions/random.hpp"
#include "stats/distributions/student_t.hpp"
#include "stats/distributions/tail_probability.hpp"

namespace tidemark::stats {
namespace {

bool inside_unit(double p) {
    return p > 0.0 && p < 1.0;
}

/// A day's loss in units of expected shortfall, given that it is an exception, from a uniform number. Tails
/// are nearly straight in log-log, so interpolation there is worth six digits at a fortieth of a quantile's
/// time.
class ExceptionLoss {
public:
    ExceptionLoss(const TailModel& tail, double alpha) {
        for (std::size_t i = 0; i < knots; ++i) {
            const double log_u = lowest + step * static_cast<double>(i);
            log_loss_[i] = std::log(tail.quantile(alpha * std::exp(log_u)) / tail.mean_below);
        }
    }

    double operator()(double u) const {
        const double position =
            std::clamp((std::log(u) - lowest) / step, 0.0, static_cast<double>(knots - 1));
        const auto below = std::min(static_cast<std::size_t>(position), knots - 2);
        const double fraction = position - static_cast<double>(below);
        return std::exp(log_loss_[below] + fraction * (log_loss_[below + 1] - log_loss_[below]));
    }

private:
    static constexpr std::size_t knots = 4096;
    static constexpr double lowest = -40.0;  // below the smallest uniform number, 2^-54
    static constexpr double step = -lowest / static_cast<double>(knots - 1);
    std::vector<double> log_loss_ = std::vector<double>(knots);
};

/// Number of exceptions in a sample, by inversion.
class ExceptionCount {
public:
    ExceptionCount(std::size_t days, double alpha) {
        const auto n = static_cast<std::int64_t>(days);
        for (std::int64_t k = 0; k < n; ++k) cumulative_.push_back(binomial_cdf(k, n, alpha));
    }

    std::size_t operator()(double u) const {
        return static_cast<std::size_t>(std::upper_bound(cumulative_.begin(), cumulative_.end(), u) -
                                        cumulative_.begin());
    }

private:
    std::vector<double> cumulative_;
};

double simulated_score(ShortfallTest test, const ExceptionCount& count, const ExceptionLoss& loss,
                       double expected_exceptions, Uniform& uniform) {
    const std::size_t exceptions = count(uniform());
    double sum = 0.0;
    for (std::size_t i = 0; i < exceptions; ++i) sum += loss(uniform());
    if (test == ShortfallTest::z2) return 1.0 - sum / expected_exceptions;
    return exceptions == 0 ? 0.0 : 1.0 - sum / static_cast<double>(exceptions);
}

}  // namespace

Result<ShortfallScores> shortfall_scores(std::span<const double> pnl, std::span<const double> value_at_risk,
                                         std::span<const double> shortfall, double alpha) {
    if (pnl.empty()) return not_enough_data("shortfall scores want at least 1 day, got 0");
    if (value_at_risk.size() != pnl.size() || shortfall.size() != pnl.size() || !inside_unit(alpha)) {
        return out_of_domain(
            fmt::format("want {} forecasts at a probability inside 0 to 1, got {} and {} at {}", pnl.size(),
                        value_at_risk.size(), shortfall.size(), alpha));
    }
    ShortfallScores scores;
    double sum = 0.0;
    for (std::size_t t = 0; t < pnl.size(); ++t) {
        if (!(shortfall[t] > 0.0) || std::isnan(pnl[t] + value_at_risk[t])) {
            return out_of_domain(fmt::format("day {} wants a shortfall above 0, got {}", t, shortfall[t]));
        }
        if (pnl[t] + value_at_risk[t] >= 0.0) continue;
        sum += pnl[t] / shortfall[t];
        ++scores.exceptions;
    }
    scores.z2 = sum / (static_cast<double>(pnl.size()) * alpha) + 1.0;
    if (scores.exceptions > 0) scores.z1 = sum / static_cast<double>(scores.exceptions) + 1.0;
    return scores;
}

TailModel normal_tail(double alpha) {
    const auto mean_below = normal_expected_shortfall(alpha);
    return {[](double p) { return *normal_quantile(p); }, mean_below ? *mean_below : 0.0};
}

Result<TailModel> student_tail(double alpha, double dof) {
    return student_t_tail(alpha, dof).and_then([dof](const StudentTTail& tail) -> Result<TailModel> {
        return TailModel{[dof](double p) { return student_t_tail(p, dof)->quantile; },
                         tail.expected_shortfall};
    });
}

Result<std::vector<double>> shortfall_critical_values(ShortfallTest test, const TailModel& tail,
                                                      std::size_t days, double alpha,
                                                      std::span<const double> probabilities,
                                                      std::size_t paths, std::uint64_t seed) {
    if (days == 0 || paths == 0 || !(alpha > 0.0 && alpha < 0.5) || !(tail.mean_below < 0.0)) {
        return out_of_domain(
            fmt::format("want days, paths, a tail and its probability; got {}, {}, mean {}, {}", days, paths,
                        tail.mean_below, alpha));
    }
    Uniform uniform{seed};
    const ExceptionCount count{days, alpha};
    const ExceptionLoss loss{tail, alpha};
    std::vector<double> scores(paths);
    for (double& score : scores) {
        score = simulated_score(test, count, loss, static_cast<double>(days) * alpha, uniform);
    }
    std::vector<double> critical;
    for (const double p : probabilities) {
        const auto value = quantile(scores, p);
        if (!value) return value.error();
        critical.push_back(*value);
    }
    return critical;
}

}  // namespace tidemark::stats
