#include "stats/backtest/probability_score.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "stats/distributions/random.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("scores match scikit-learn's documentation") {
    CHECK_THAT(stats::area_under_curve(std::vector{0, 0, 1, 1}, std::vector{0.1, 0.4, 0.35, 0.8}).value(),
               WithinRel(0.75, 1e-15));
    CHECK_THAT(stats::brier_score(std::vector{0, 1, 1, 0}, std::vector{0.1, 0.9, 0.8, 0.3}).value(),
               WithinRel(0.0375, 1e-14));
    CHECK_THAT(stats::log_loss(std::vector{1, 0, 0, 1}, std::vector{0.9, 0.1, 0.2, 0.65}).value(),
               WithinAbs(0.21616, 5e-6));
}

TEST_CASE("area under the curve counts pairs, ties half") {
    stats::Uniform uniform{43};
    std::vector<int> outcomes(60);
    std::vector<double> scores(60);
    for (std::size_t i = 0; i < 60; ++i) {
        outcomes[i] = uniform() < 0.4 ? 1 : 0;
        scores[i] = static_cast<double>(uniform.below(8));
    }
    double wins = 0.0, pairs = 0.0;
    for (std::size_t i = 0; i < 60; ++i) {
        for (std::size_t j = 0; j < 60; ++j) {
            if (outcomes[i] != 1 || outcomes[j] != 0) continue;
            pairs += 1.0;
            wins += scores[i] > scores[j] ? 1.0 : (scores[i] == scores[j] ? 0.5 : 0.0);
        }
    }
    CHECK_THAT(stats::area_under_curve(outcomes, scores).value(), WithinRel(wins / pairs, 1e-14));
}

TEST_CASE("brier parts add up exactly") {
    stats::Uniform uniform{47};
    std::vector<int> outcomes(200);
    std::vector<double> probabilities(200);
    for (std::size_t i = 0; i < 200; ++i) {
        probabilities[i] = static_cast<double>(uniform.below(11)) / 10.0;
        outcomes[i] = uniform() < 0.5 * probabilities[i] + 0.1 ? 1 : 0;
    }
    const auto parts = stats::brier_decomposition(outcomes, probabilities).value();
    CHECK_THAT(parts.reliability - parts.resolution + parts.uncertainty, WithinRel(parts.brier, 1e-13));
    CHECK(parts.reliability > 0.0);
}

TEST_CASE("a certain forecast that fails costs without limit") {
    CHECK(stats::log_loss(std::vector{1}, std::vector{0.0}).value() ==
          std::numeric_limits<double>::infinity());
    CHECK(stats::log_loss(std::vector{0}, std::vector{0.0}).value() == 0.0);
}

TEST_CASE("scores refuse what is no outcome or no probability") {
    CHECK(stats::brier_score({}, {}).error().code == Errc::not_enough_data);
    CHECK(stats::brier_score(std::vector{2}, std::vector{0.5}).error().code == Errc::out_of_domain);
    CHECK(stats::log_loss(std::vector{1}, std::vector{1.5}).error().code == Errc::out_of_domain);
    CHECK(stats::brier_decomposition(std::vector{1}, std::vector{std::nan("")}).error().code ==
          Errc::out_of_domain);
    CHECK(stats::brier_score(std::vector{1, 0}, std::vector{0.5}).error().code == Errc::out_of_domain);
    CHECK(stats::area_under_curve(std::vector{1, 1}, std::vector{0.1, 0.2}).error().code ==
          Errc::not_enough_data);
    CHECK(stats::area_under_curve(std::vector{1, 0}, std::vector{0.1, std::nan("")}).error().code ==
          Errc::out_of_domain);
}
