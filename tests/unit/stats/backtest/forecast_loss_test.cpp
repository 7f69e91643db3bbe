#include "stats/backtest/forecast_loss.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace tidemark;
using Catch::Matchers::WithinRel;

TEST_CASE("qlike is 0 where right and harder on forecasts that are too low") {
    CHECK(stats::qlike(1.0, 1.0).value() == 0.0);
    CHECK_THAT(stats::qlike(2.0, 1.0).value(), WithinRel(1.0 - std::log(2.0), 1e-14));
    CHECK(stats::qlike(1.0, 0.5).value() > stats::qlike(1.0, 1.5).value());
    CHECK(stats::qlike(1e-12, 5e-13).value() == stats::qlike(2.0, 1.0).value());
    CHECK(stats::qlike(0.0, 1.0).error().code == Errc::out_of_domain);
    CHECK(stats::qlike(1.0, 0.0).error().code == Errc::out_of_domain);
    CHECK(stats::qlike(std::nan(""), 1.0).error().code == Errc::out_of_domain);
}

TEST_CASE("diebold-mariano at one step is a t-test with divisor n") {
    // Differences 1, 2, 3, 6: mean 3, variance 3.5; 3/sqrt(3.5/4) = 3.2071; corrected by sqrt(3/4).
    const auto test = stats::diebold_mariano(std::vector{1.0, 2.0, 3.0, 6.0}, std::vector(4, 0.0), 1).value();
    CHECK_THAT(test.statistic, WithinRel(3.0 / std::sqrt(3.5 / 4.0), 1e-14));
    CHECK_THAT(test.small_sample, WithinRel(test.statistic * std::sqrt(0.75), 1e-14));
    CHECK_FALSE(test.bartlett);
    const auto turned =
        stats::diebold_mariano(std::vector(4, 0.0), std::vector{1.0, 2.0, 3.0, 6.0}, 1).value();
    CHECK(turned.statistic == -test.statistic);
    CHECK(turned.p_value == test.p_value);
}

TEST_CASE("a negative long-run variance falls back on declining weights and says so") {
    const std::vector losses{1.0, -1.0, 1.1, -0.9, 1.0, -1.0, 0.9, -1.1};
    const auto test = stats::diebold_mariano(losses, std::vector(8, 0.0), 2).value();
    CHECK(test.bartlett);
    CHECK(std::isfinite(test.statistic));
}

TEST_CASE("diebold-mariano refuses series that say nothing") {
    const std::vector<double> three{1.0, 2.0, 3.0};
    CHECK(stats::diebold_mariano(three, three, 1).error().code == Errc::out_of_domain);
    CHECK(stats::diebold_mariano(three, std::vector{1.0}, 1).error().code == Errc::out_of_domain);
    CHECK(stats::diebold_mariano(three, three, 3).error().code == Errc::not_enough_data);
    CHECK(stats::diebold_mariano(three, three, 0).error().code == Errc::not_enough_data);
}
