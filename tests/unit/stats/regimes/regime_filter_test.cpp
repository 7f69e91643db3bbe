#include "stats/regimes/regime_filter.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "stats/distributions/normal.hpp"
#include "stats/regimes/normal_regimes.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using stats::RegimePair;

namespace {

const stats::RegimeChain chain{0.95, 0.1};
const std::vector<RegimePair> log_densities{{1.2, -0.3}, {-9.0, 0.4}, {-1.5, 0.1}, {0.8, 0.2}};

/// The likelihood as a sum over every path of regimes, and the share of it that is in the first regime at
/// each time.
struct PathSum {
    double likelihood = 0.0;
    std::vector<double> in_first = std::vector<double>(log_densities.size());
    double steps_from_first = 0.0;
};

PathSum over_paths() {
    PathSum out;
    const RegimePair start = stats::ergodic(chain);
    for (unsigned path = 0; path < 1U << log_densities.size(); ++path) {
        double weight = 1.0;
        double stays = 0.0;
        for (std::size_t t = 0; t < log_densities.size(); ++t) {
            const unsigned now = (path >> t) & 1U;
            const unsigned last = t == 0 ? now : (path >> (t - 1)) & 1U;
            const double to_first = last == 0 ? chain.first_to_first : chain.second_to_first;
            const double move = t == 0 ? start[now] : (now == 0 ? to_first : 1.0 - to_first);
            weight *= move * std::exp(log_densities[t][now]);
            stays += t > 0 && last == 0 && now == 0 ? 1.0 : 0.0;
        }
        out.likelihood += weight;
        out.steps_from_first += stays * weight;
        for (std::size_t t = 0; t < log_densities.size(); ++t) {
            out.in_first[t] += ((path >> t) & 1U) == 0 ? weight : 0.0;
        }
    }
    return out;
}

}  // namespace

TEST_CASE("the filter's likelihood is the sum over all paths") {
    const auto filter = stats::filter_regimes(log_densities, chain).value();
    CHECK_THAT(filter.log_likelihood, WithinRel(std::log(over_paths().likelihood), 1e-13));
}

TEST_CASE("smoothed probabilities are shares of all paths") {
    const auto filter = stats::filter_regimes(log_densities, chain).value();
    const auto smooth = stats::smooth_regimes(filter, chain);
    const PathSum paths = over_paths();
    for (std::size_t t = 0; t < log_densities.size(); ++t) {
        CHECK_THAT(smooth.smoothed[t][0], WithinRel(paths.in_first[t] / paths.likelihood, 1e-12));
        CHECK_THAT(smooth.smoothed[t][0] + smooth.smoothed[t][1], WithinRel(1.0, 1e-14));
    }
    CHECK_THAT(smooth.steps_to_first[0], WithinRel(paths.steps_from_first / paths.likelihood, 1e-12));
    CHECK(smooth.smoothed.back() == filter.filtered.back());
}

TEST_CASE("densities that underflow still compare") {
    const std::vector<RegimePair> far{{-5000.0, -5001.0}};
    const auto filter = stats::filter_regimes(far, chain, RegimePair{0.5, 0.5}).value();
    CHECK_THAT(filter.filtered[0][0], WithinRel(1.0 / (1.0 + std::exp(-1.0)), 1e-13));
    CHECK_THAT(filter.log_likelihood, WithinRel(-5000.0 + std::log(0.5 + 0.5 * std::exp(-1.0)), 1e-13));
}

TEST_CASE("the ergodic distribution is what a step leaves as it is") {
    const RegimePair long_run = stats::ergodic(chain);
    const RegimePair next = stats::next_regimes(chain, long_run);
    CHECK_THAT(next[0], WithinRel(long_run[0], 1e-15));
    CHECK_THAT(stats::expected_durations(chain)[0], WithinRel(20.0, 1e-13));
    CHECK_THAT(stats::expected_durations(chain)[1], WithinRel(10.0, 1e-13));
}

TEST_CASE("one regime alone is an ordinary likelihood") {
    const std::vector<double> y{0.5, -1.0, 2.0};
    const auto filter = stats::filter_normal_regimes(y, {{0.1, 0.1}, {2.0, 2.0}, chain}).value();
    double log_likelihood = 0.0;
    for (const double value : y) {
        log_likelihood += stats::normal_log_density((value - 0.1) / 2.0) - std::log(2.0);
    }
    CHECK_THAT(filter.log_likelihood, WithinRel(log_likelihood, 1e-14));
    CHECK_THAT(filter.filtered[2][0], WithinRel(stats::ergodic(chain)[0], 1e-13));
}

TEST_CASE("an autoregression with slope 0 is a switching mean from the second observation") {
    const std::vector<double> y{0.5, -1.0, 2.0, 0.3};
    const RegimePair means{0.1, -0.4}, deviations{1.0, 2.0};
    const auto lagged =
        stats::filter_autoregressive_regimes(y, {means, {0.0, 0.0}, deviations, chain}).value();
    const auto plain =
        stats::filter_normal_regimes(std::vector{-1.0, 2.0, 0.3}, {means, deviations, chain}).value();
    CHECK(lagged.log_likelihood == plain.log_likelihood);
    CHECK(lagged.filtered == plain.filtered);
}

TEST_CASE("the filter refuses what cannot be") {
    CHECK(stats::filter_regimes({}, chain).error().code == Errc::not_enough_data);
    CHECK(stats::filter_regimes(log_densities, {1.0, 0.0}).error().code == Errc::out_of_domain);
    CHECK(stats::filter_regimes(log_densities, {1.1, 0.1}).error().code == Errc::out_of_domain);
    CHECK(stats::filter_regimes(std::vector<RegimePair>{{std::nan(""), 0.0}}, chain).error().code ==
          Errc::out_of_domain);
    CHECK(stats::filter_normal_regimes(std::vector{1.0}, {{0, 0}, {1.0, 0.0}, chain}).error().code ==
          Errc::out_of_domain);
    CHECK(stats::filter_autoregressive_regimes(std::vector{1.0}, {{0, 0}, {0, 0}, {1, 1}, chain})
              .error()
              .code == Errc::not_enough_data);
}
