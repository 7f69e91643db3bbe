#include "stats/backtest/caviar.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "stats/distributions/normal.hpp"
#include "stats/distributions/order_statistics.hpp"
#include "stats/distributions/random.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using stats::Caviar;

namespace {

std::vector<double> normal_returns(std::size_t n, double deviation) {
    stats::Uniform uniform{29};
    std::vector<double> returns(n);
    for (double& r : returns) r = deviation * stats::normal_quantile(uniform()).value();
    return returns;
}

}  // namespace

TEST_CASE("one step of each model, worked by hand") {
    struct Case {
        Caviar model;
        std::vector<double> beta;
        double next;
    };
    // One return, so the start is its negative, 3, and the return is exactly at it: no hit, no loss.
    const std::vector returns{-3.0};
    const auto c = GENERATE(values<Case>({
        {Caviar::symmetric_absolute_value, {0.1, 0.8, 0.2}, 0.1 + 0.8 * 3.0 + 0.2 * 3.0},
        {Caviar::asymmetric_slope, {0.1, 0.8, 0.2, 0.5}, 0.1 + 0.8 * 3.0 + 0.5 * 3.0},
        {Caviar::indirect_garch, {0.1, 0.8, 0.2}, std::sqrt(0.1 + 0.8 * 9.0 + 0.2 * 9.0)},
        {Caviar::adaptive, {0.3}, 3.0 + 0.3 * (0.5 - 0.4)},
    }));
    const auto path = stats::caviar_path(c.model, c.beta, returns, 0.4).value();
    CHECK(path.start_quantile == -3.0);
    CHECK(path.value_at_risk.size() == 2);
    CHECK_THAT(path.value_at_risk[1], WithinRel(c.next, 1e-14));
    CHECK(path.hits == 0);
    CHECK(path.loss == 0.0);
}

TEST_CASE("gains move only the upside slope") {
    const auto path = stats::caviar_path(Caviar::asymmetric_slope, std::vector{0.0, 0.0, 0.2, 0.5},
                                         std::vector{2.0, -2.0}, 0.5);
    CHECK_THAT(path.value().value_at_risk[1], WithinRel(0.4, 1e-14));
    CHECK_THAT(path.value().value_at_risk[2], WithinRel(1.0, 1e-14));
}

TEST_CASE("a constant value at risk has the sample quantile's loss") {
    const auto returns = normal_returns(400, 1.0);
    const auto path =
        stats::caviar_path(Caviar::symmetric_absolute_value, std::vector{0.0, 1.0, 0.0}, returns, 0.05)
            .value();
    std::size_t hits = 0;
    double loss = 0.0;
    for (const double y : returns) {
        hits += y < path.start_quantile ? 1 : 0;
        loss += (0.05 - (y < path.start_quantile ? 1.0 : 0.0)) * (y - path.start_quantile);
    }
    CHECK(path.hits == hits);
    CHECK_THAT(path.loss, WithinRel(loss, 1e-13));
}

TEST_CASE("the fit is no worse than a constant, covers, and repeats with its seed") {
    const auto returns = normal_returns(600, 0.02);
    const auto model =
        GENERATE(Caviar::symmetric_absolute_value, Caviar::asymmetric_slope, Caviar::indirect_garch);
    const auto fit = stats::fit_caviar(model, returns, 0.05, 1000, 1).value();
    const auto constant =
        stats::caviar_path(Caviar::symmetric_absolute_value, std::vector{0.0, 1.0, 0.0}, returns, 0.05)
            .value();
    CHECK(fit.path.loss < constant.loss);
    CHECK_THAT(static_cast<double>(fit.path.hits), WithinAbs(30.0, 4.0));
    CHECK(fit.beta == stats::fit_caviar(model, returns, 0.05, 1000, 1).value().beta);
}

TEST_CASE("caviar refuses what gives no path") {
    const std::vector<double> returns{1.0, -1.0};
    CHECK(stats::caviar_path(Caviar::adaptive, std::vector{0.1}, {}, 0.05).error().code ==
          Errc::not_enough_data);
    CHECK(stats::caviar_path(Caviar::adaptive, std::vector{0.1, 0.2}, returns, 0.05).error().code ==
          Errc::out_of_domain);
    CHECK(stats::caviar_path(Caviar::adaptive, std::vector{0.1}, returns, 1.0).error().code ==
          Errc::out_of_domain);
    CHECK(
        stats::caviar_path(Caviar::indirect_garch, std::vector{-9.0, 0.1, 0.1}, returns, 0.05).error().code ==
        Errc::out_of_domain);
    CHECK(stats::fit_caviar(Caviar::adaptive, returns, 0.05, 10, 1).error().code == Errc::not_enough_data);
    CHECK(stats::caviar_by_name("GARCH").error().code == Errc::out_of_domain);
}
