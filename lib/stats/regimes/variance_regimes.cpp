#include "stats/regimes/variance_regimes.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "core/errors.hpp"
#include "stats/distributions/moments.hpp"
#include "stats/optimise/minimise.hpp"
#include "stats/regimes/normal_regimes.hpp"

namespace tidemark::stats {
namespace {

constexpr int max_steps = 2000;

/// One step of expectation-maximisation: the model that suits the smoothed regimes best.
VarianceRegimes improved(std::span<const double> returns, const VarianceRegimes& model,
                         const RegimeFilter& filter) {
    const RegimeSmooth smooth = smooth_regimes(filter, model.chain);
    double weighted = 0.0, weight = 0.0;
    RegimePair occupancy{}, squares{};
    for (std::size_t t = 0; t < returns.size(); ++t) {
        const double w =
            smooth.smoothed[t][0] / model.variances[0] + smooth.smoothed[t][1] / model.variances[1];
        weighted += w * returns[t];
        weight += w;
    }
    const double mean = weighted / weight;
    for (std::size_t t = 0; t < returns.size(); ++t) {
        for (std::size_t s = 0; s < 2; ++s) {
            occupancy[s] += smooth.smoothed[t][s];
            squares[s] += smooth.smoothed[t][s] * (returns[t] - mean) * (returns[t] - mean);
        }
    }
    const RegimePair& last = smooth.smoothed.back();
    return {mean,
            {squares[0] / occupancy[0], squares[1] / occupancy[1]},
            {smooth.steps_to_first[0] / (occupancy[0] - last[0]),
             smooth.steps_to_first[1] / (occupancy[1] - last[1])}};
}

struct Candidate {
    VarianceRegimes model;
    double log_likelihood;
};

std::optional<Candidate> climb(std::span<const double> returns, VarianceRegimes model) {
    std::optional<Candidate> best;
    for (int i = 0; i < max_steps; ++i) {
        const auto filter = filter_variance_regimes(returns, model);
        if (!filter) return best;
        const double gain =
            best ? filter->log_likelihood - best->log_likelihood : std::numeric_limits<double>::infinity();
        if (!best || gain > 0.0) best = Candidate{model, filter->log_likelihood};
        if (gain < 1e-9) return best;
        model = improved(returns, model, *filter);
    }
    return best;
}

double logit(double p) {
    return std::log(p / (1.0 - p));
}
double logistic(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}

VarianceRegimes from_free(const std::vector<double>& free) {
    return {free[0], {std::exp(free[1]), std::exp(free[2])}, {logistic(free[3]), logistic(free[4])}};
}

std::vector<double> to_free(const VarianceRegimes& m) {
    return {m.mean, std::log(m.variances[0]), std::log(m.variances[1]), logit(m.chain.first_to_first),
            logit(m.chain.second_to_first)};
}

VarianceRegimes calm_first(const VarianceRegimes& m) {
    if (m.variances[0] <= m.variances[1]) return m;
    return {m.mean,
            {m.variances[1], m.variances[0]},
            {1.0 - m.chain.second_to_first, 1.0 - m.chain.first_to_first}};
}

std::optional<Candidate> best_climb(std::span<const double> returns, const Moments& sample) {
    std::optional<Candidate> best;
    for (const auto& [calm, wild] : {std::pair{0.5, 2.0}, {0.2, 3.0}, {0.8, 8.0}}) {
        for (const double stay : {0.95, 0.8}) {
            const auto found = climb(
                returns, {sample.mean, {calm * sample.variance, wild * sample.variance}, {stay, 1.0 - stay}});
            if (found && (!best || found->log_likelihood > best->log_likelihood)) best = found;
        }
    }
    return best;
}

}  // namespace

Result<RegimeFilter> filter_variance_regimes(std::span<const double> returns, const VarianceRegimes& model) {
    if (!(model.variances[0] > 0.0 && model.variances[1] > 0.0)) {
        return out_of_domain(
            fmt::format("want variances above 0, got {}, {}", model.variances[0], model.variances[1]));
    }
    const RegimePair deviations{std::sqrt(model.variances[0]), std::sqrt(model.variances[1])};
    return filter_normal_regimes(returns, {{model.mean, model.mean}, deviations, model.chain});
}

Result<VarianceRegimesFit> fit_variance_regimes(std::span<const double> returns) {
    if (returns.size() < variance_regimes_min_returns) {
        return not_enough_data(fmt::format("regimes want at least {} returns, got {}",
                                           variance_regimes_min_returns, returns.size()));
    }
    const auto sample = moments(returns);
    if (!sample) return sample.error();
    if (!(sample->variance > 0.0)) return out_of_domain("regimes want returns that differ");
    const auto climbed = best_climb(returns, *sample);
    if (!climbed) return no_convergence("no regimes found from any start");
    const auto negative = [&](const std::vector<double>& free) {
        const auto filter = filter_variance_regimes(returns, from_free(free));
        return filter ? -filter->log_likelihood : std::numeric_limits<double>::infinity();
    };
    const std::vector<double> step{0.02 * std::sqrt(sample->variance), 0.05, 0.05, 0.1, 0.1};
    const auto polished = nelder_mead(negative, to_free(climbed->model), step, 1e-13, 4000);
    const bool better = polished && -polished->value >= climbed->log_likelihood;
    const VarianceRegimes model = calm_first(better ? from_free(polished->at) : climbed->model);
    return filter_variance_regimes(returns, model)
        .and_then([&](const RegimeFilter& filter) -> Result<VarianceRegimesFit> {
            return VarianceRegimesFit{model, filter.log_likelihood, filter.filtered.back(),
                                      better && polished->converged};
        });
}

}  // namespace tidemark::stats
