#include "stats/backtest/probability_score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <vector>

#include "core/errors.hpp"

namespace tidemark::stats {
namespace {

Status check_outcomes(std::span<const int> outcomes, std::size_t forecasts) {
    if (outcomes.size() != forecasts) {
        return out_of_domain(fmt::format("want {} forecasts, got {}", outcomes.size(), forecasts));
    }
    const auto odd = std::find_if(outcomes.begin(), outcomes.end(), [](int y) { return y != 0 && y != 1; });
    if (odd != outcomes.end()) return out_of_domain(fmt::format("want outcomes 0 and 1, got {}", *odd));
    return Ok{};
}

Status check_probabilities(std::span<const int> outcomes, std::span<const double> probabilities) {
    if (outcomes.empty()) return not_enough_data("want at least 1 outcome, got 0");
    for (const double p : probabilities) {
        if (!(p >= 0.0 && p <= 1.0)) return out_of_domain(fmt::format("want probabilities, got {}", p));
    }
    return check_outcomes(outcomes, probabilities.size());
}

template <class F>
double mean_over(std::span<const int> outcomes, std::span<const double> probabilities, const F& loss) {
    double sum = 0.0;
    for (std::size_t i = 0; i < outcomes.size(); ++i) sum += loss(outcomes[i], probabilities[i]);
    return sum / static_cast<double>(outcomes.size());
}

double square(double x) {
    return x * x;
}

}  // namespace

Result<double> area_under_curve(std::span<const int> outcomes, std::span<const double> scores) {
    if (const Status good = check_outcomes(outcomes, scores.size()); !good) return good.error();
    if (std::any_of(scores.begin(), scores.end(), [](double s) { return std::isnan(s); })) {
        return out_of_domain("want scores that are numbers, got nan");
    }
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
    double zeros_below = 0.0, wins = 0.0, ones = 0.0;
    for (std::size_t i = 0; i < order.size();) {
        double tied_zeros = 0.0, tied_ones = 0.0;
        const double score = scores[order[i]];
        for (; i < order.size() && scores[order[i]] == score; ++i) {
            (outcomes[order[i]] == 1 ? tied_ones : tied_zeros) += 1.0;
        }
        wins += tied_ones * (zeros_below + 0.5 * tied_zeros);
        zeros_below += tied_zeros;
        ones += tied_ones;
    }
    if (ones == 0.0 || zeros_below == 0.0) return not_enough_data("want at least one outcome of each kind");
    return wins / (ones * zeros_below);
}

Result<double> brier_score(std::span<const int> outcomes, std::span<const double> probabilities) {
    if (const Status good = check_probabilities(outcomes, probabilities); !good) return good.error();
    return mean_over(outcomes, probabilities, [](int y, double p) { return square(p - y); });
}

Result<double> log_loss(std::span<const int> outcomes, std::span<const double> probabilities) {
    if (const Status good = check_probabilities(outcomes, probabilities); !good) return good.error();
    return mean_over(outcomes, probabilities,
                     [](int y, double p) { return -(y == 1 ? std::log(p) : std::log1p(-p)); });
}

Result<BrierParts> brier_decomposition(std::span<const int> outcomes, std::span<const double> probabilities) {
    const auto brier = brier_score(outcomes, probabilities);
    if (!brier) return brier.error();
    struct Group {
        double count = 0.0;
        double ones = 0.0;
    };
    std::map<double, Group> groups;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        Group& group = groups[probabilities[i]];
        group.count += 1.0;
        group.ones += outcomes[i];
    }
    const auto n = static_cast<double>(outcomes.size());
    const double base_rate = std::accumulate(outcomes.begin(), outcomes.end(), 0.0) / n;
    BrierParts parts{*brier, 0.0, 0.0, base_rate * (1.0 - base_rate)};
    for (const auto& [forecast, group] : groups) {
        const double share = group.count / n, came_true = group.ones / group.count;
        parts.reliability += share * square(forecast - came_true);
        parts.resolution += share * square(came_true - base_rate);
    }
    return parts;
}

}  // namespace tidemark::stats
