// Adapters that measure bias and efficiency of the range estimators on simulated bars. The paths are made
// here; the estimators are the library's.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "adapter.hpp"
#include "core/ohlc_bar.hpp"
#include "vol/bars/bar_logs.hpp"
#include "vol/bars/garman_klass.hpp"
#include "vol/bars/parkinson.hpp"
#include "vol/bars/rogers_satchell.hpp"
#include "vol/bars/running_moments.hpp"

namespace tidemark::vectors {

void add_range_simulation(Registry& registry);

namespace {

constexpr double sigma = 0.02;  // of a bar
constexpr int fine_steps = 1440;

/// An estimator's answers over the true variance, each beside the same bar's squared net move.
struct Ratios {
    vol::RunningMoments estimate, square;
    double together = 0.0;  // sum of products of both distances from their means

    void add(double ratio, double square_ratio) {
        const double before = ratio - estimate.mean;
        estimate.add(ratio);
        square.add(square_ratio);
        together += before * (square_ratio - square.mean);
    }
    /// The mean, less what it owes to the sample's squares being off their known mean.
    [[nodiscard]] double controlled_mean(double known_square) const {
        return estimate.mean - together / square.squares * (square.mean - known_square);
    }
    [[nodiscard]] double efficiency() const { return square.sample_variance() / estimate.sample_variance(); }
};

struct Run {
    double drift = 0.0;
    Ratios parkinson = {}, garman_klass = {}, rogers_satchell = {};

    void add(const OhlcBar& bar) {
        const vol::BarLogs logs = vol::bar_logs(bar);
        const double true_variance = sigma * sigma;
        const double square = logs.c * logs.c / true_variance;
        parkinson.add(vol::ParkinsonSum::of(logs) / true_variance, square);
        garman_klass.add(vol::GarmanKlassSum::of(logs) / true_variance, square);
        rogers_satchell.add(vol::RogersSatchellSum::of(logs) / true_variance, square);
    }
};

/// A bar of `steps` normal moves, its drift in units of its own volatility.
OhlcBar simulated_bar(const std::vector<double>& moves, double drift) {
    const auto steps = static_cast<double>(moves.size());
    double at = 0.0, high = 0.0, low = 0.0;
    for (const double move : moves) {
        at += sigma * (move / std::sqrt(steps) + drift / steps);
        high = std::max(high, at);
        low = std::min(low, at);
    }
    return OhlcBar::make(Price{1.0}, Price{std::exp(high)}, Price{std::exp(low)}, Price{std::exp(at)})
        .value();
}

/// One run a drift, all over the same moves.
std::vector<Run> simulate(int steps, const std::vector<double>& drifts) {
    std::mt19937_64 bits{20'240'601};
    std::normal_distribution<double> normal;
    const int bars = std::min(400'000, 60'000'000 / steps);
    std::vector<Run> runs;
    runs.reserve(drifts.size());
    for (const double drift : drifts) runs.push_back({drift});
    std::vector<double> moves(static_cast<std::size_t>(steps));
    for (int bar = 0; bar < bars; ++bar) {
        for (double& move : moves) move = normal(bits);
        for (Run& run : runs) run.add(simulated_bar(moves, run.drift));
    }
    return runs;
}

Json means(const std::vector<Run>& runs) {
    Json out{
        {"parkinson", Json::array()}, {"garman_klass", Json::array()}, {"rogers_satchell", Json::array()}};
    for (const Run& run : runs) {
        const double square = 1.0 + run.drift * run.drift;
        out["parkinson"].push_back(run.parkinson.controlled_mean(square));
        out["garman_klass"].push_back(run.garman_klass.controlled_mean(square));
        out["rogers_satchell"].push_back(run.rogers_satchell.controlled_mean(square));
    }
    return out;
}

Json discretisation_bias(const Json& input, const Context&) {
    std::vector<Run> runs;
    for (const int steps : input.at("n_steps").get<std::vector<int>>()) {
        runs.push_back(simulate(steps, {0.0}).front());
    }
    return means(runs);
}

Json drift_bias(const Json& input, const Context&) {
    return means(simulate(fine_steps, input.at("m").get<std::vector<double>>()));
}

Json efficiency(const Json&, const Context&) {
    const Run run = simulate(fine_steps, {0.0}).front();
    return {{"parkinson", run.parkinson.efficiency()},
            {"garman_klass", run.garman_klass.efficiency()},
            {"rogers_satchell", run.rogers_satchell.efficiency()}};
}

}  // namespace

void add_range_simulation(Registry& registry) {
    registry["range_vol.discretisation_bias"] = discretisation_bias;
    registry["range_vol.drift_bias"] = drift_bias;
    registry["range_vol.efficiency"] = efficiency;
}

}  // namespace tidemark::vectors
