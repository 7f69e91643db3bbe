#include "vol/garch/garch_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "vol/bars/ewma.hpp"
#include "vol/garch/garch_density.hpp"

namespace tidemark::vol {
namespace {

constexpr double minus_infinity = -std::numeric_limits<double>::infinity();
constexpr std::size_t slopes = 5;  // by mu, omega, alpha, gamma, beta
using Slopes = std::array<double, slopes>;

/// Walks h of garch and gjr along with its slopes.
struct VarianceWalk {
    const GarchParameters& p;
    double h = 0.0;
    Slopes by{};

    void start(double square, double by_mu) {
        h = p.omega + (p.alpha + 0.5 * p.gamma + p.beta) * square;
        by = {(p.alpha + 0.5 * p.gamma + p.beta) * by_mu, 1.0, square, 0.5 * square, square};
    }
    void advance(double e) {
        const double fall = e < 0.0 ? e : 0.0;
        by = {p.beta * by[0] - 2.0 * (p.alpha * e + p.gamma * fall), p.beta * by[1] + 1.0,
              p.beta * by[2] + e * e, p.beta * by[3] + fall * fall, p.beta * by[4] + h};
        h = p.omega + p.alpha * e * e + p.gamma * fall * fall + p.beta * h;
    }
    [[nodiscard]] double variance() const { return h; }
    [[nodiscard]] double log_variance() const { return std::log(h); }
    [[nodiscard]] double log_slope(std::size_t k) const { return by[k] / h; }
};

/// Walks ln h of egarch along with its slopes.
struct LogVarianceWalk {
    static constexpr double mean_size = 0.79788456080286535588;  // E|Z| = sqrt(2/pi)

    const GarchParameters& p;
    double log_h = 0.0;
    Slopes by{};

    void start_at(double log_first) { log_h = log_first; }
    void start_after(double log_before) {
        log_h = p.omega + p.beta * log_before;
        by = {0.0, 1.0, 0.0, 0.0, log_before};
    }
    void advance(double e) {
        const double z = e * std::exp(-0.5 * log_h);
        const double size = std::abs(z) - mean_size;
        const double news = (z < 0.0 ? -p.alpha : p.alpha) + p.gamma;
        const double carry = p.beta - 0.5 * news * z;
        by = {carry * by[0] - news * std::exp(-0.5 * log_h), carry * by[1] + 1.0, carry * by[2] + size,
              carry * by[3] + z, carry * by[4] + log_h};
        log_h = p.omega + p.alpha * size + p.gamma * z + p.beta * log_h;
    }
    [[nodiscard]] double variance() const { return std::exp(log_h); }
    [[nodiscard]] double log_variance() const { return log_h; }
    [[nodiscard]] double log_slope(std::size_t k) const { return by[k]; }
};

template <class Walk, class Error>
double pass(std::span<const double> returns, Walk walk, const Error& error, GarchDerivatives& out) {
    double sum = 0.0;
    out.gradient = {};
    for (const double y : returns) {
        const double e = y - walk.p.mu;
        const double h = walk.variance();
        if (!(h > 0.0 && std::isfinite(h))) return minus_infinity;
        const double z2 = e * e / h;
        const double weight = error.weight(z2);
        const double by_log_h = 0.5 * (weight * z2 - 1.0);
        sum += error.log_density(z2, walk.log_variance());
        GarchVector score;
        for (std::size_t k = 0; k < slopes; ++k) score[k] = by_log_h * walk.log_slope(k);
        score[0] += weight * e / h;
        score[5] = error.by_nu(z2);
        for (std::size_t k = 0; k < score.size(); ++k) out.gradient[k] += score[k];
        if (out.scores != nullptr) out.scores->push_back(score);
        if (out.variances != nullptr) out.variances->push_back(h);
        walk.advance(e);
    }
    out.next_variance = walk.variance();
    if (!(out.next_variance > 0.0 && std::isfinite(sum))) return minus_infinity;
    return sum;
}

template <class Walk>
double pass(std::span<const double> returns, const Walk& walk, Innovation innovation, double nu,
            GarchDerivatives& out) {
    return innovation == Innovation::normal ? pass(returns, walk, NormalError{}, out)
                                            : pass(returns, walk, StudentError{nu}, out);
}

}  // namespace

GarchLikelihood::GarchLikelihood(std::span<const double> returns, const GarchSpec& spec)
    : returns_{returns}, spec_{spec} {
    const auto n = static_cast<double>(returns.size());
    mean_ = std::accumulate(returns.begin(), returns.end(), 0.0) / n;
    std::vector<double> squares;
    squares.reserve(returns.size());
    for (const double y : returns) squares.push_back((y - mean_) * (y - mean_));
    variance_ = std::accumulate(squares.begin(), squares.end(), 0.0) / n;
    backcast_ = ewma_start(squares);
}

GarchLikelihood::Presample GarchLikelihood::presample(double mu) const {
    if (spec_.start == GarchStart::backcast) return {backcast_, 0.0};
    return {variance_ + (mean_ - mu) * (mean_ - mu), -2.0 * (mean_ - mu)};
}

double GarchLikelihood::derive(const GarchParameters& p, GarchDerivatives& out) const {
    if (out.scores != nullptr) out.scores->clear();
    if (out.variances != nullptr) out.variances->clear();
    if (spec_.innovation == Innovation::student_t && !(p.nu > 2.0)) return minus_infinity;
    if (spec_.model == GarchModel::egarch) {
        LogVarianceWalk walk{p};
        if (spec_.start == GarchStart::sample) {
            walk.start_at(std::log(variance_));
        } else {
            walk.start_after(std::log(backcast_));
        }
        return pass(returns_, walk, spec_.innovation, p.nu, out);
    }
    VarianceWalk walk{p};
    const auto [square, by_mu] = presample(p.mu);
    walk.start(square, by_mu);
    return pass(returns_, walk, spec_.innovation, p.nu, out);
}

double GarchLikelihood::value(const GarchParameters& p) const {
    if (spec_.model == GarchModel::garch && spec_.innovation == Innovation::normal) {
        const double fast = fast_normal(p);
        if (std::isfinite(fast)) return fast;
    }
    GarchDerivatives unused;
    return derive(p, unused);
}

/// One logarithm for the product of eight variances, each over the sample's so that the product stays in
/// range. Not finite where it did not, or where a variance was not above 0.
double GarchLikelihood::fast_normal(const GarchParameters& p) const {
    const auto& y = returns_;
    const double unit = 1.0 / variance_;
    double h = p.omega + (p.alpha + p.beta) * presample(p.mu).square;
    double logs = 0.0, squares = 0.0;
    for (std::size_t i = 0; i < y.size();) {
        const std::size_t end = std::min(i + 8, y.size());
        double product = 1.0, least = h;
        for (; i < end; ++i) {
            const double e2 = (y[i] - p.mu) * (y[i] - p.mu);
            product *= h * unit;
            squares += e2 / h;
            least = std::min(least, h);
            h = p.beta * h + (p.alpha * e2 + p.omega);
        }
        if (!(least > 0.0 && product > std::numeric_limits<double>::min())) return minus_infinity;
        logs += std::log(product);
    }
    const auto n = static_cast<double>(y.size());
    return n * NormalError{}.log_density(0.0, std::log(variance_)) - 0.5 * (logs + squares);
}

std::vector<std::size_t> free_parameters(const GarchSpec& spec) {
    std::vector<std::size_t> places;
    if (!spec.zero_mean) places.push_back(0);
    places.insert(places.end(), {1, 2});
    if (spec.model != GarchModel::garch) places.push_back(3);
    places.push_back(4);
    if (spec.innovation == Innovation::student_t) places.push_back(5);
    return places;
}

double persistence(GarchModel model, const GarchParameters& p) {
    return model == GarchModel::egarch ? p.beta : p.alpha + 0.5 * p.gamma + p.beta;
}

Result<GarchPath> garch_filter(std::span<const double> returns, const GarchSpec& spec,
                               const GarchParameters& parameters) {
    if (returns.empty()) return Error{Errc::not_enough_data, "garch wants at least 1 return, got 0", "", 0};
    GarchPath path;
    GarchDerivatives out;
    out.variances = &path.variances;
    path.log_likelihood = GarchLikelihood{returns, spec}.derive(parameters, out);
    if (!std::isfinite(path.log_likelihood)) {
        return Error{
            Errc::out_of_domain,
            "the parameters give this series no likelihood: a variance is not above 0, nu is not above 2, "
            "or a number is not finite",
            "", 0};
    }
    path.next_variance = out.next_variance;
    return path;
}

}  // namespace tidemark::vol
