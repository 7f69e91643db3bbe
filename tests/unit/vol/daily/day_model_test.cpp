#include "vol/daily/day_model.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "stats/distributions/cornish_fisher.hpp"
#include "unit/vol/bars.hpp"
#include "vol/daily/residual_tails.hpp"
#include "vol/daily/stress_regime.hpp"
#include "vol/estimators.hpp"
#include "vol/garch/garch_forecast.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

constexpr std::size_t horizons[] = {1, 2, 7, 30};
constexpr PerYear year{365.0};

/// Days of a garch(1,1) with 3 % a day in the long run, each of 24 bars; seeded.
DailyMoves sample_days(std::size_t count, std::uint64_t seed = 7) {
    test::Normals normal{seed};
    DailyMoves out;
    out.bars_a_day = 24;
    double variance = 9e-4;
    for (std::size_t day = 0; day < count; ++day) {
        double realised = 0.0, move = 0.0;
        for (int bar = 0; bar < 24; ++bar) {
            const double r = std::sqrt(variance / 24.0) * normal();
            realised += r * r;
            move += r;
        }
        out.returns.push_back(move);
        out.variances.push_back(realised);
        variance = 0.05 * 9e-4 + 0.15 * move * move + 0.8 * variance;
    }
    return out;
}

Result<std::vector<AnnualVol>> foreseen(const DayModel& model, const DailyMoves& moves) {
    const auto fit = fit_days(model, moves, horizons);
    if (!fit) return fit.error();
    return forecast_days(model, *fit, moves, horizons, year);
}

std::vector<const Estimator*> day_models() {
    std::vector<const Estimator*> out;
    for (const Estimator& e : estimators()) {
        if (e.days() != nullptr) out.push_back(&e);
    }
    return out;
}

}  // namespace

TEST_CASE("every model of days finds the volatility that the days had") {
    const DailyMoves moves = sample_days(800);
    const double long_run = 0.03 * std::sqrt(365.0);
    REQUIRE(day_models().size() == 9);
    for (const Estimator* e : day_models()) {
        INFO(e->name);
        const auto vols = foreseen(*e->days(), moves);
        REQUIRE(vols);
        REQUIRE(vols->size() == 4);
        for (const AnnualVol vol : *vols) {
            CHECK(vol.value() > 0.5 * long_run);
            CHECK(vol.value() < 2.0 * long_run);
        }
        // A month ahead lies nearer to the long run than a day ahead, or is there already.
        CHECK(std::abs(std::log((*vols)[3].value() / long_run)) <
              std::abs(std::log((*vols)[0].value() / long_run)) + 0.15);
    }
}

TEST_CASE("no model of days depends on the unit of time of the year but by its root") {
    const DailyMoves moves = sample_days(300);
    const DayModel model{daily_garch(GarchModel::garch, Innovation::normal)};
    const auto fit = fit_days(model, moves, horizons).value();
    const auto a = forecast_days(model, fit, moves, horizons, PerYear{365}).value();
    const auto b = forecast_days(model, fit, moves, horizons, PerYear{252}).value();
    CHECK_THAT(a[2].value() / b[2].value(), WithinRel(std::sqrt(365.0 / 252.0), 1e-14));
}

TEST_CASE("a wild running day raises every forecast, a calm one lowers none") {
    DailyMoves moves = sample_days(400);
    DailyMoves calm = moves, wild = moves;
    calm.running = DaySum{1e-4, 1e-6, 0, 3};
    wild.running = DaySum{-0.3, 0.05, 0, 3};
    for (const Estimator* e : day_models()) {
        INFO(e->name);
        const auto fit = fit_days(*e->days(), moves, horizons).value();
        const auto before = forecast_days(*e->days(), fit, moves, horizons, year).value();
        const auto after_calm = forecast_days(*e->days(), fit, calm, horizons, year).value();
        const auto after_wild = forecast_days(*e->days(), fit, wild, horizons, year).value();
        for (std::size_t i = 0; i < 4; ++i) CHECK(after_calm[i] >= before[i]);
        CHECK(after_wild[0].value() > 1.2 * before[0].value());
    }
}

TEST_CASE("too few days, or too few bars in them, are refused") {
    const DayModel garch{daily_garch(GarchModel::gjr, Innovation::student_t)}, har{HarScale::log};
    CHECK(fit_days(garch, sample_days(99), horizons).error().code == Errc::not_enough_data);
    CHECK(fit_days(garch, sample_days(100), horizons));
    CHECK(fit_days(har, sample_days(99), horizons).error().code == Errc::not_enough_data);
    CHECK(fit_days(har, sample_days(100), horizons));
    DailyMoves daily = sample_days(300);
    daily.bars_a_day = 1;
    CHECK(fit_days(har, daily, horizons).error().code == Errc::not_enough_data);
    CHECK(fit_days(garch, daily, horizons));
}

TEST_CASE("a fit that did not converge foresees nothing") {
    const DailyMoves moves = sample_days(200);
    const DayModel model{daily_garch(GarchModel::garch, Innovation::normal)};
    GarchFit garch = fit_days(model, moves, horizons)->by.index() == 0
                         ? std::get<GarchFit>(fit_days(model, moves, horizons)->by)
                         : GarchFit{};
    garch.status = FitStatus::not_converged;
    CHECK(forecast_days(model, {garch, 200}, moves, horizons, year).error().code == Errc::no_convergence);
}

TEST_CASE("egarch by residuals of a normal law is egarch by that law") {
    const GarchParameters p{0.0, -0.4, 0.2, -0.08, 0.95, 0.0};
    std::vector<double> residuals;
    test::Normals normal{11};
    for (int i = 0; i < 200'000; ++i) residuals.push_back(normal());
    const auto law = garch_forecast(GarchModel::egarch, Innovation::normal, p, 1e-3, 30).value();
    const auto seen = egarch_forecast(p, 1e-3, residuals, 30).value();
    REQUIRE(seen.variances.size() == 30);
    CHECK(seen.variances[0] == 1e-3);
    for (std::size_t day = 1; day < 30; ++day)
        CHECK_THAT(seen.variances[day], WithinRel(law.variances[day], 0.01));
    CHECK(egarch_forecast(p, 1e-3, {}, 2).error().code == Errc::not_enough_data);
    CHECK(egarch_forecast(p, 0.0, residuals, 2).error().code == Errc::out_of_range);
}

TEST_CASE("residuals of the model that made the days are normal") {
    const DailyMoves moves = sample_days(2000, 3);
    const auto fit = fit_days({daily_garch(GarchModel::garch, Innovation::normal)}, moves, horizons).value();
    const auto by_fit = standardised_residuals(moves, fit.garch()).value();
    REQUIRE(by_fit.size() == 2000);
    const auto tails = residual_tails(by_fit, 0.99, 0.9).value();
    CHECK_THAT(tails.deviation, WithinAbs(1.0, 0.05));
    CHECK_THAT(tails.excess_kurtosis, WithinAbs(0.0, 0.4));
    // A standard normal's: 2.326 and 2.665.
    CHECK_THAT(tails.down.value_at_risk, WithinAbs(2.326, 0.35));
    CHECK_THAT(tails.up.expected_shortfall, WithinAbs(2.665, 0.35));
    CHECK(tails.down.tail_count == 20);
    REQUIRE(tails.down.peaks);
    CHECK_THAT(tails.down.peaks->value_at_risk.value(), WithinAbs(2.326, 0.35));
    CHECK(tails.down.peaks->excesses == 200);
    // Flatter than normal by chance would be outside the domain of the expansion.
    CHECK(tails.cornish_fisher_down.has_value() ==
          stats::cornish_fisher_monotone(tails.skew, tails.excess_kurtosis));
    CHECK_THAT(standardised_residuals(moves, nullptr).value().back(), WithinAbs(by_fit.back(), 1.0));
}

TEST_CASE("a forecast is raised to the deviation that the returns had, never lowered") {
    CHECK(residual_scale(std::vector<double>{3.0, -4.0}) == std::sqrt(12.5));
    CHECK(residual_scale(std::vector<double>{0.1, -0.2}) == 1.0);
    CHECK(residual_scale({}) == 1.0);
    // A peg: still, but for a day in forty. Student errors take that for a tail without a variance.
    DailyMoves peg;
    test::Normals normal{29};
    double squares = 0.0;
    for (int day = 0; day < 600; ++day) {
        peg.returns.push_back((day % 40 == 0 ? 0.05 : 0.0002) * normal());
        squares += peg.returns.back() * peg.returns.back();
    }
    const DayModel model{daily_garch(GarchModel::garch, Innovation::student_t)};
    const auto fit = fit_days(model, peg, horizons).value();
    const auto residuals = standardised_residuals(peg, fit.garch()).value();
    double mean_square = 0.0;
    for (const double z : residuals) mean_square += z * z / static_cast<double>(residuals.size());
    CHECK(mean_square <= 1.0 + 1e-12);
    CHECK(forecast_days(model, fit, peg, horizons, year)->front().value() >
          0.5 * std::sqrt(365.0 * squares / 600.0));
}

TEST_CASE("tails of falls and rises change places with the sign") {
    std::vector<double> z, mirrored;
    test::Normals normal{5};
    for (int i = 0; i < 400; ++i) {
        const double x = normal();
        z.push_back(x < 0 ? 2.0 * x : x);
        mirrored.push_back(-z.back());
    }
    const auto one = residual_tails(z, 0.975, 0.9).value(),
               other = residual_tails(mirrored, 0.975, 0.9).value();
    CHECK(one.down.expected_shortfall == other.up.expected_shortfall);
    CHECK(one.up.value_at_risk == other.down.value_at_risk);
    CHECK(one.down.expected_shortfall > 1.5 * one.up.expected_shortfall);
    CHECK(one.down.expected_shortfall >= one.down.value_at_risk);
    CHECK(residual_tails(std::span{z}.first(249), 0.99, 0.9).error().code == Errc::not_enough_data);
    CHECK(residual_tails(z, 1.0, 0.9).error().code == Errc::out_of_domain);
}

TEST_CASE("the probability of stress is high in the wild half and low in the calm one") {
    DailyMoves moves;
    test::Normals normal{23};
    for (int day = 0; day < 400; ++day) moves.returns.push_back((day < 200 ? 0.06 : 0.015) * normal());
    DailyMoves wild = moves;
    std::reverse(wild.returns.begin(), wild.returns.end());
    const auto calm_now = stress_regimes(moves).value(), wild_now = stress_regimes(wild).value();
    CHECK_THAT(std::sqrt(calm_now.variances[1]), WithinRel(0.06, 0.15));
    CHECK(stress_probability(calm_now, moves).value() < 0.1);
    CHECK(stress_probability(wild_now, wild).value() > 0.9);
    moves.running = DaySum{-0.2, 0.04, 0, 5};
    CHECK(stress_probability(calm_now, moves).value() > 0.99);
    moves.running = DaySum{0.0, 0.0, 0, 5};
    CHECK(stress_probability(calm_now, moves).value() < 0.1);
    moves.returns.resize(249);
    CHECK(stress_regimes(moves).error().code == Errc::not_enough_data);
}
