#include "stats/backtest/acerbi_szekely.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "stats/distributions/student_t.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using stats::ShortfallTest;

TEST_CASE("scores of a sample worked by hand") {
    // Exceptions -2.6, -3.4, -2.1 sum to -8.1; over 2.4 that is -3.375.
    const std::vector pnl{0.2, -0.5, -2.6, 0.7, -1.1, -3.4, 0.3, -0.2, 1.5, -2.1};
    const auto scores = stats::shortfall_scores(pnl, std::vector(10, 2.0), std::vector(10, 2.4), 0.1).value();
    CHECK(scores.exceptions == 3);
    CHECK_THAT(scores.z1.value(), WithinRel(-0.125, 1e-14));
    CHECK_THAT(scores.z2, WithinRel(-2.375, 1e-14));
}

TEST_CASE("without an exception the mean over exceptions does not exist") {
    const auto scores =
        stats::shortfall_scores(std::vector(5, 1.0), std::vector(5, 2.0), std::vector(5, 2.4), 0.1);
    CHECK_FALSE(scores.value().z1.has_value());
    CHECK(scores.value().z2 == 1.0);
}

TEST_CASE("a loss equal to value at risk is no exception") {
    const auto scores = stats::shortfall_scores(std::vector{-2.0}, std::vector{2.0}, std::vector{2.4}, 0.1);
    CHECK(scores.value().exceptions == 0);
}

TEST_CASE("critical values match Acerbi and Szekely's table") {
    // Their table 3: Z2 at 2.5 % and 250 days, 5 % significance: -0.70 for normal, -0.82 for t of 3; all
    // between.
    const std::vector<double> probabilities{0.05};
    const auto critical = [&](const stats::TailModel& tail) {
        return stats::shortfall_critical_values(ShortfallTest::z2, tail, 250, 0.025, probabilities, 200'000,
                                                1)
            .value()[0];
    };
    CHECK_THAT(critical(stats::normal_tail(0.025)), WithinAbs(-0.70, 0.01));
    CHECK_THAT(critical(stats::student_tail(0.025, 3.0).value()), WithinAbs(-0.82, 0.015));
}

TEST_CASE("a right model scores 0 on average") {
    // The mean of every quantile from 0 to 1 is the mean: the median of many would not be.
    std::vector<double> probabilities;
    for (int i = 0; i < 250; ++i) probabilities.push_back((i + 0.5) / 250.0);
    const auto test = GENERATE(ShortfallTest::z1, ShortfallTest::z2);
    const auto scores = stats::shortfall_critical_values(test, stats::student_tail(0.025, 5.0).value(), 250,
                                                         0.025, probabilities, 200'000, 3)
                            .value();
    double sum = 0.0;
    for (const double z : scores) sum += z;
    CHECK_THAT(sum / 250.0, WithinAbs(0.0, 0.01));
}

TEST_CASE("same seed, same numbers") {
    const std::vector<double> probabilities{0.01, 0.5};
    const auto run = [&](std::uint64_t seed) {
        return stats::shortfall_critical_values(ShortfallTest::z2, stats::normal_tail(0.01), 100, 0.01,
                                                probabilities, 1000, seed)
            .value();
    };
    CHECK(run(7) == run(7));
    CHECK(run(7) != run(8));
}

TEST_CASE("shortfall tests refuse what they cannot score") {
    const std::vector<double> one{1.0};
    CHECK(stats::shortfall_scores({}, {}, {}, 0.1).error().code == Errc::not_enough_data);
    CHECK(stats::shortfall_scores(one, one, {}, 0.1).error().code == Errc::out_of_domain);
    CHECK(stats::shortfall_scores(one, one, one, 0.0).error().code == Errc::out_of_domain);
    CHECK(stats::shortfall_scores(one, one, std::vector{0.0}, 0.1).error().code == Errc::out_of_domain);
    CHECK(stats::shortfall_scores(std::vector{std::nan("")}, one, one, 0.1).error().code ==
          Errc::out_of_domain);
    CHECK(stats::student_tail(0.025, 2.0).error().code == Errc::out_of_domain);
    CHECK(stats::shortfall_critical_values(ShortfallTest::z2, stats::normal_tail(0.6), 10, 0.6, one, 10, 1)
              .error()
              .code == Errc::out_of_domain);
}
