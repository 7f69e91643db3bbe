#include "stats/regimes/regime_filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"

namespace tidemark::stats {
namespace {

bool valid(const RegimeChain& chain) {
    const auto probability = [](double p) { return p >= 0.0 && p <= 1.0; };
    return probability(chain.first_to_first) && probability(chain.second_to_first) &&
           1.0 - chain.first_to_first + chain.second_to_first > 0.0;
}

double ratio(double part, double whole) {
    return whole > 0.0 ? part / whole : 0.0;
}

}  // namespace

RegimePair ergodic(const RegimeChain& chain) {
    const double leave_first = 1.0 - chain.first_to_first;
    const double first = chain.second_to_first / (leave_first + chain.second_to_first);
    return {first, 1.0 - first};
}

RegimePair expected_durations(const RegimeChain& chain) {
    return {1.0 / (1.0 - chain.first_to_first), 1.0 / chain.second_to_first};
}

RegimePair next_regimes(const RegimeChain& chain, const RegimePair& now) {
    return {now[0] * chain.first_to_first + now[1] * chain.second_to_first,
            now[0] * (1.0 - chain.first_to_first) + now[1] * (1.0 - chain.second_to_first)};
}

Result<RegimeFilter> filter_regimes(std::span<const RegimePair> log_densities, const RegimeChain& chain,
                                    std::optional<RegimePair> start) {
    if (log_densities.empty()) return not_enough_data("regime filter wants at least 1 observation, got 0");
    if (!valid(chain)) {
        return out_of_domain(
            fmt::format("want a chain that moves, with probabilities from 0 to 1; got {}, {}",
                        chain.first_to_first, chain.second_to_first));
    }
    RegimeFilter out{0.0, {start.value_or(ergodic(chain))}, {}};
    out.predicted.reserve(log_densities.size() + 1);
    out.filtered.reserve(log_densities.size());
    for (const RegimePair& log_density : log_densities) {
        const RegimePair& before = out.predicted.back();
        // Scaled by the larger density, so that two that both underflow still compare.
        const double scale = std::max(log_density[0], log_density[1]);
        const double first = before[0] * std::exp(log_density[0] - scale);
        const double second = before[1] * std::exp(log_density[1] - scale);
        const double sum = first + second;
        if (!(sum > 0.0 && std::isfinite(scale)))
            return out_of_domain("an observation that no regime can give");
        out.log_likelihood += std::log(sum) + scale;
        out.filtered.push_back({first / sum, second / sum});
        out.predicted.push_back(next_regimes(chain, out.filtered.back()));
    }
    return out;
}

RegimeSmooth smooth_regimes(const RegimeFilter& filter, const RegimeChain& chain) {
    RegimeSmooth out{filter.filtered, {0.0, 0.0}};
    for (std::size_t t = out.smoothed.size() - 1; t-- > 0;) {
        const RegimePair& now = filter.filtered[t];
        const RegimePair& ahead = filter.predicted[t + 1];
        const RegimePair pull{ratio(out.smoothed[t + 1][0], ahead[0]),
                              ratio(out.smoothed[t + 1][1], ahead[1])};
        const double stay = now[0] * chain.first_to_first * pull[0];
        const double back = now[1] * chain.second_to_first * pull[0];
        out.steps_to_first[0] += stay;
        out.steps_to_first[1] += back;
        out.smoothed[t] = {stay + now[0] * (1.0 - chain.first_to_first) * pull[1],
                           back + now[1] * (1.0 - chain.second_to_first) * pull[1]};
    }
    return out;
}

}  // namespace tidemark::stats
