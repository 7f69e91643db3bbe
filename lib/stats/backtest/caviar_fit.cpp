#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/errors.hpp"
#include "stats/backtest/caviar.hpp"
#include "stats/distributions/moments.hpp"
#include "stats/distributions/random.hpp"
#include "stats/optimise/minimise.hpp"

namespace tidemark::stats {
namespace {

constexpr std::size_t min_returns = 10;
constexpr std::size_t followed = 10;
constexpr int rounds = 8;

struct Candidate {
    std::vector<double> beta;
    double loss;
};

/// What a parameter is measured in: the level of q, or its square; persistence and response are numbers
/// near 1.
std::vector<double> units(Caviar model, double deviation) {
    std::vector<double> unit(caviar_parameters(model), 1.0);
    if (model == Caviar::indirect_garch) unit[0] = deviation * deviation;
    if (model != Caviar::indirect_garch) unit[0] = deviation;
    return unit;
}

class Search {
public:
    Search(Caviar model, std::span<const double> returns, double theta, double slope, double deviation)
        : model_{model}, returns_{returns}, theta_{theta}, slope_{slope}, unit_{units(model, deviation)} {}

    [[nodiscard]] double loss(const std::vector<double>& beta) const {
        const auto path = caviar_path(model_, beta, returns_, theta_, slope_);
        return path ? path->loss : std::numeric_limits<double>::infinity();
    }

    [[nodiscard]] std::vector<Candidate> best_of(std::size_t starts, Uniform& uniform) const {
        std::vector<Candidate> all;
        for (std::size_t i = 0; i < starts; ++i) {
            std::vector<double> beta(unit_.size());
            std::transform(unit_.begin(), unit_.end(), beta.begin(), [&](double u) { return u * uniform(); });
            all.push_back({beta, loss(beta)});
        }
        const auto kept = all.begin() + static_cast<std::ptrdiff_t>(std::min(followed, all.size()));
        std::partial_sort(all.begin(), kept, all.end(),
                          [](const Candidate& a, const Candidate& b) { return a.loss < b.loss; });
        all.erase(kept, all.end());
        return all;
    }

    /// Simplex after simplex, smaller ones in later rounds, until a round gains nothing.
    [[nodiscard]] Candidate follow(Candidate from) const {
        for (int round = 0; round < rounds; ++round) {
            std::vector<double> step = unit_;
            for (double& s : step) s *= 0.1 / (1 + round);
            const auto found = nelder_mead([this](const std::vector<double>& beta) { return loss(beta); },
                                           from.beta, step, 1e-11, 3000);
            if (!found) return from;
            const double gain = from.loss - found->value;
            if (gain > 0.0) from = {found->at, found->value};
            if (round > 0 && gain < 1e-9 * from.loss) break;
        }
        return from;
    }

private:
    Caviar model_;
    std::span<const double> returns_;
    double theta_;
    double slope_;
    std::vector<double> unit_;
};

}  // namespace

Result<CaviarFit> fit_caviar(Caviar model, std::span<const double> returns, double theta, std::size_t starts,
                             std::uint64_t seed, double slope) {
    if (returns.size() < min_returns) {
        return not_enough_data(
            fmt::format("caviar wants at least {} returns, got {}", min_returns, returns.size()));
    }
    const auto sample = moments(returns);
    if (!sample) return sample.error();
    const Search search{model, returns, theta, slope, std::sqrt(sample->variance)};
    Uniform uniform{seed};
    Candidate best{{}, std::numeric_limits<double>::infinity()};
    for (Candidate& start : search.best_of(starts, uniform)) {
        Candidate end = search.follow(std::move(start));
        if (end.loss < best.loss) best = std::move(end);
    }
    if (!std::isfinite(best.loss)) return no_convergence("no start gives a value at risk path");
    return caviar_path(model, best.beta, returns, theta, slope)
        .and_then([&](const CaviarPath& path) -> Result<CaviarFit> {
            return CaviarFit{best.beta, path};
        });
}

}  // namespace tidemark::stats
