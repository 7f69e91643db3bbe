#include "vol/daily/forecast_score.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "unit/vol/bars.hpp"
#include "vol/daily/forecast_paths.hpp"
#include "vol/estimators.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

constexpr std::int64_t six_hours = ms_per_day / 4;

/// Days whose variance is slow: a forecaster that remembers beats one that does not.
DaySeries waves(int days, double last_move = 0.0) {
    DaySeries out = DaySeries::make(six_hours, 30 * ms_per_day).value();
    test::Normals normal{42};
    double price = 100.0, log_vol = std::log(0.01);
    for (int i = 0; i < days * 4; ++i) {
        if (i % 4 == 0) log_vol = 0.9 * log_vol + 0.1 * std::log(0.01) + 0.25 * normal();
        double logs = std::exp(log_vol) * normal();
        if (i == days * 4 - 1) logs += last_move;
        const double open = price;
        price *= std::exp(logs);
        const OhlcBar bar =
            test::bar(open, std::max(open, price) * 1.004, std::min(open, price) * 0.996, price);
        REQUIRE(out.add(Timestamp{20000 * ms_per_day + i * six_hours}, bar));
    }
    return out;
}

}  // namespace

TEST_CASE("a score by hand") {
    // Realised is twice each forecast: qlike 2 - ln 2 - 1, slope 2, no intercept, bias one half.
    const std::vector<double> forecasts = {1e-4, 2e-4, 4e-4, 1e-4};
    const std::vector<double> variances = {2e-4, 4e-4, 8e-4, 2e-4};
    const std::vector<double> returns = {-0.0232, -0.0330, -0.0400, 0.1};  // quantiles -.02326 -.0329 -.0465
    const auto score = forecast_score(forecasts, variances, returns).value();
    CHECK_THAT(score.qlike, WithinRel(1.0 - std::log(2.0), 1e-13));
    CHECK_THAT(score.bias, WithinRel(0.5, 1e-13));
    CHECK_THAT(score.slope, WithinRel(2.0, 1e-12));
    CHECK_THAT(score.intercept, WithinAbs(0.0, 1e-16));
    CHECK_THAT(score.r_squared, WithinRel(1.0, 1e-12));
    CHECK_THAT(score.mse, WithinRel((1e-8 + 4e-8 + 16e-8 + 1e-8) / 4.0, 1e-12));
    CHECK(score.failures == 1);
}

TEST_CASE("a score is refused where there is none") {
    const std::vector<double> three = {1e-4, 2e-4, 3e-4}, two = {1e-4, 2e-4}, zero = {1e-4, 0.0, 3e-4},
                              flat = {1e-4, 1e-4, 1e-4};
    CHECK(forecast_score(three, two, three).error().code == Errc::out_of_domain);
    CHECK(forecast_score(two, two, two).error().code == Errc::not_enough_data);
    CHECK(forecast_score(zero, three, three).error().code == Errc::out_of_domain);
    CHECK(forecast_score(flat, three, three).error().code == Errc::out_of_domain);
}

TEST_CASE("no forecast knows the day it is of") {
    const DaySeries calm = waves(300), wild = waves(300, 0.5);
    REQUIRE(wild.variances().back() > 100.0 * calm.variances().back());
    const auto before = forecast_paths(calm, 280), after = forecast_paths(wild, 280);
    REQUIRE(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        INFO(before[i].name);
        REQUIRE(before[i].variances);
        CHECK(*before[i].variances == *after[i].variances);
        CHECK(before[i].variances->size() == 20);
    }
}

TEST_CASE("the contest ranks by loss and tests against the best") {
    const DaySeries days = waves(600);
    const auto contest = forecast_contest(days).value();
    CHECK(contest.training_days == 300);
    CHECK(contest.days == 300);
    REQUIRE(contest.ranking.size() == bar_estimators().size() + 13);
    CHECK_FALSE(contest.ranking.front().against_best);
    for (std::size_t i = 1; i < contest.ranking.size(); ++i) {
        INFO(contest.ranking[i].name);
        REQUIRE(contest.ranking[i].score);
        CHECK(contest.ranking[i].score->qlike >= contest.ranking[i - 1].score->qlike);
        REQUIRE(contest.ranking[i].against_best);
        CHECK(contest.ranking[i].against_best->statistic >= 0.0);
    }
    // The variance forgets half a shock in a week, so a plain month is too slow.
    const auto place = [&](std::string_view name) {
        for (std::size_t i = 0; i < contest.ranking.size(); ++i) {
            if (contest.ranking[i].name == name) return i;
        }
        return contest.ranking.size();
    };
    CHECK(place("har-log") < place("close-to-close"));
}

TEST_CASE("too few days make no contest") {
    CHECK(forecast_contest(waves(249)).error().code == Errc::not_enough_data);
    CHECK(forecast_contest(waves(250)));
}
