#include "vol/bars/riskmetrics2006.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/time.hpp"
#include "vol/bars/bar_estimate.hpp"

namespace tidemark::vol {
namespace {

bool meaningful(const RiskMetrics2006 &p, double bars_per_day) {
    const double longest = p.shortest * std::pow(p.ratio, p.scales - 1);
    return p.scales >= 1 && p.scales <= riskmetrics2006_max_scales && p.shortest > 0.0 && p.cutoff > 1.0 &&
           p.ratio >= 1.0 && longest < p.cutoff && std::isfinite(p.cutoff) && bars_per_day > 0.0 &&
           std::isfinite(bars_per_day);
}

/// Bars until the weight of one has fallen to 1 %, at least as many as the scale's own number.
std::int64_t start_length(double decay, int k) {
    return std::max({static_cast<std::int64_t>(std::floor(ewma_memory(decay, 0.01))),
                     static_cast<std::int64_t>(k), std::int64_t{1}});
}

}  // namespace

Result<std::vector<RiskMetrics2006Scale>> riskmetrics2006_scales(const RiskMetrics2006 &parameters,
                                                                 double bars_per_day) {
    if (!meaningful(parameters, bars_per_day)) {
        return Error{Errc::out_of_range,
                     fmt::format("want 0 < shortest <= longest < cutoff and 1 to {} scales; got shortest {}, "
                                 "cutoff {}, {} scales of ratio {}, {} bars a day",
                                 riskmetrics2006_max_scales, parameters.shortest, parameters.cutoff,
                                 parameters.scales, parameters.ratio, bars_per_day),
                     "", 0};
    }
    std::vector<RiskMetrics2006Scale> scales;
    double total = 0.0;
    for (int k = 0; k < parameters.scales; ++k) {
        const double tau = parameters.shortest * std::pow(parameters.ratio, k);
        const double weight = 1.0 - std::log(tau) / std::log(parameters.cutoff);
        scales.push_back({tau * bars_per_day, weight, std::exp(-1.0 / (tau * bars_per_day))});
        total += weight;
    }
    for (RiskMetrics2006Scale &scale : scales) scale.weight /= total;
    return scales;
}

Result<std::vector<double>> riskmetrics2006_variances(std::span<const double> returns,
                                                      const RiskMetrics2006 &parameters) {
    const auto scales = riskmetrics2006_scales(parameters);
    if (!scales) return scales.error();
    std::vector<double> squares;
    squares.reserve(returns.size());
    for (const double r : returns) squares.push_back(r * r);
    std::vector<double> path(returns.size() + 1, 0.0);
    int k = 0;
    for (const auto &[tau, weight, decay] : *scales) {
        const double start = ewma_start(squares, {decay, start_length(decay, k++)});
        const auto one = ewma_variances(returns, decay, start);
        if (!one) return one.error();
        for (std::size_t i = 0; i < path.size(); ++i) path[i] += weight * (*one)[i];
    }
    return path;
}

Result<RiskMetrics2006Sum> RiskMetrics2006Sum::make(const RiskMetrics2006 &parameters, double bars_per_day) {
    const auto scales = riskmetrics2006_scales(parameters, bars_per_day);
    if (!scales) return scales.error();
    RiskMetrics2006Sum sum;
    sum.scales = parameters.scales;
    for (std::size_t k = 0; k < scales->size(); ++k) {
        const double decay = (*scales)[k].decay;
        sum.weights[k] = (*scales)[k].weight;
        sum.decays[k] = decay;
        sum.fresh[k] = 1.0 - decay;
        sum.start_share[k] = 1.0;
        sum.start_weight[k] = 1.0;
        sum.start_lengths[k] = start_length(decay, static_cast<int>(k));
    }
    return sum;
}

void RiskMetrics2006Sum::add_variance(double bar_variance) {
    // Two scales at once, without a branch: the column past the last is of zeros.
    static_assert(riskmetrics2006_max_scales % 2 == 0);
    double *const zero = from_zero.data(), *const share = start_share.data(),
                  *const weight = start_weight.data();
    double *const values = start_values.data(), *const sums = start_weights.data();
    const double *const decay = decays.data(), *const rest = fresh.data();
    const auto all = static_cast<std::size_t>(scales);
    for (std::size_t k = 0; k < all; k += 2) {
        const std::array<double, 2> z{zero[k], zero[k + 1]}, s{share[k], share[k + 1]};
        const std::array<double, 2> w{weight[k], weight[k + 1]}, d{decay[k], decay[k + 1]};
        const std::array<double, 2> v{values[k], values[k + 1]}, n{sums[k], sums[k + 1]};
        const std::array<double, 2> r{rest[k], rest[k + 1]};
        for (std::size_t i = 0; i < 2; ++i) {
            values[k + i] = v[i] + w[i] * bar_variance;
            sums[k + i] = n[i] + w[i];
            weight[k + i] = w[i] * d[i];
            zero[k + i] = d[i] * z[i] + r[i] * bar_variance;
            share[k + i] = s[i] * d[i];
        }
    }
    for (++count; started < scales && count >= start_lengths[static_cast<std::size_t>(started)]; ++started)
        weight[started] = 0.0;
}

double RiskMetrics2006Sum::variance_per_bar() const {
    double variance = 0.0;
    for (std::size_t k = 0; k < static_cast<std::size_t>(scales); ++k)
        variance += weights[k] * (from_zero[k] + start_share[k] * (start_values[k] / start_weights[k]));
    return variance;
}

Result<AnnualVol> riskmetrics2006(std::span<const OhlcBar> bars, PerYear bars_per_year) {
    const auto sum = RiskMetrics2006Sum::make({}, bars_per_year.value() / days_per_year);
    if (!sum) return sum.error();
    return annual_vol(sum_over(bars, *sum), bars_per_year);
}

}  // namespace tidemark::vol
