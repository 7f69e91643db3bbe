#include "margin/dynamic/range.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "stats/distributions/normal.hpp"
#include "unit/margin/sample.hpp"

using namespace tidemark;
using namespace tidemark::margin;
using namespace tidemark::sample;
using Catch::Matchers::WithinRel;
using market::VolStep;

namespace {

Result<DynamicParams> made(const std::vector<std::string>& sets) {
    auto document = policy::preset("dynamic").value();
    for (const std::string& set : sets) document = document.with(set).value();
    return document.params<DynamicParams>();
}

DynamicParams params(const std::vector<std::string>& sets = {}) {
    return made(sets).value();
}

constexpr std::int64_t day = 86'400'000;

double multiplier_at(double annual, const std::vector<std::string>& sets, double stress_prob = 0.0) {
    market::VolState vol;
    vol.annual_vol = annual;
    vol.base_annual_vol = 0.5;
    vol.stress_prob = stress_prob;
    return volatility_multiplier(vol, annual, params(sets));
}

}  // namespace

TEST_CASE("volatility rises and falls no faster than the policy allows, and jumps where that is too slow") {
    struct Case {
        std::string name;
        std::vector<VolStep> steps;
        double annual_vol;
        std::optional<Speed> speed;
    };
    // Rises by half a day and falls by a tenth at most; 10 % beyond that it is let through.
    const auto c = GENERATE(
        values<Case>({{"the first is as measured", {{now, 0.5}}, 0.5, {}},
                      {"within both", {{now, 0.5}, {{now.ms + day}, 0.6}}, 0.6, {}},
                      {"a rise held back",
                       {{now, 0.5}, {{now.ms + day / 2}, 0.65}},
                       0.5 * std::sqrt(1.5),
                       Speed::rise_limited},
                      {"a jump", {{now, 0.5}, {{now.ms + day / 2}, 0.7}}, 0.7, Speed::override},
                      {"a fall held back", {{now, 0.5}, {{now.ms + day}, 0.2}}, 0.45, Speed::fall_limited},
                      {"two falls",
                       {{now, 0.5}, {{now.ms + day}, 0.2}, {{now.ms + 3 * day}, 0.2}},
                       0.5 * 0.729,
                       Speed::fall_limited},
                      {"only the newest step is named",
                       {{now, 0.5}, {{now.ms + day}, 0.2}, {{now.ms + 20 * day}, 0.2}},
                       0.2,
                       {}}}));
    INFO(c.name);
    const LimitedVol limited = limited_vol(c.steps, params());
    CHECK_THAT(limited.annual_vol, WithinRel(c.annual_vol, 1e-14));
    CHECK(limited.speed == c.speed);
}

TEST_CASE("measured volatility is never more than the override ratio above the one in use") {
    std::vector<VolStep> steps{{now, 0.4}};
    for (int i = 1; i < 200; ++i) {
        const double wave = 0.4 * std::exp(0.9 * std::sin(0.37 * i) + 0.3 * std::sin(2.1 * i));
        steps.push_back({Timestamp{now.ms + i * day / 24}, wave});
        CHECK(wave <= 1.1 * limited_vol(steps, params()).annual_vol * (1.0 + 1e-12));
    }
}

TEST_CASE("the margin record carries what the speed limit did") {
    SampleMarket desk = three_coins();
    desk.vol("BTC", 0.9, 0.5, Timestamp{now.ms + 3'600'000});
    desk.vol("ETH", 0.5, 0.8, Timestamp{now.ms + 3'600'000});
    for (const char* symbol : {"BTC_USDC-PERPETUAL", "ETH_USDC-PERPETUAL"})
        desk.mark(symbol, 4'000, Timestamp{now.ms + 3'600'000});
    const auto r = charged(desk, {}, {{"BTC_USDC-PERPETUAL", 1, 1}, {"ETH_USDC-PERPETUAL", 1, 1}});
    REQUIRE(r.speed.size() == 2);
    CHECK(r.speed[0].speed == Speed::override);
    CHECK(r.speed[0].in_use == 0.9);
    CHECK(r.speed[1].speed == Speed::fall_limited);
    CHECK(r.speed[1].measured == 0.5);
    CHECK_THAT(r.speed[1].in_use, WithinRel(0.8 * std::pow(0.9, 1.0 / 24.0), 1e-14));
}

TEST_CASE("the state after a set of vol records does not depend on their order") {
    const std::vector<std::pair<std::int64_t, double>> records{{3, 0.7}, {1, 0.5}, {4, 0.3}, {2, 0.9}};
    const auto steps = [&](const std::vector<std::size_t>& order) {
        SampleMarket desk;
        for (const std::size_t i : order)
            desk.vol("BTC", records[i].second, 0.5, Timestamp{now.ms + records[i].first * day});
        std::vector<double> out;
        for (const VolStep& step : desk.market.asset(*desk.market.find_asset("BTC")).vol_steps)
            out.push_back(step.annual_vol);
        return out;
    };
    CHECK(steps({0, 1, 2, 3}) == std::vector<double>{0.5, 0.9, 0.7, 0.3});
    CHECK(steps({3, 2, 1, 0}) == steps({0, 1, 2, 3}));
    CHECK(steps({2, 0, 3, 1}) == steps({0, 1, 2, 3}));
}

TEST_CASE("stressed volatility has at least its weight, and never lowers") {
    const std::vector<std::string> sets{"stress_weight=0.25", "stressed_vol_multiple=2", "multiplier_cap=20"};
    CHECK_THAT(multiplier_at(0.5, sets), WithinRel(0.75 + 0.25 * 2.0, 1e-15));
    CHECK_THAT(multiplier_at(1.0, sets), WithinRel(2.0, 1e-15));
    CHECK_THAT(multiplier_at(1.5, sets), WithinRel(3.0, 1e-15));
    CHECK_THAT(multiplier_at(0.5, sets, 0.1), WithinRel(1.25, 1e-15));
    CHECK_THAT(multiplier_at(0.5, sets, 0.8), WithinRel(1.8, 1e-15));
}

TEST_CASE("the buffer is whole in calm, gone in stress, and never lets a wilder market need less") {
    const std::vector<std::string> sets{"stress_weight=0", "calm_buffer=0.25", "multiplier_cap=20"};
    CHECK_THAT(multiplier_at(0.45, sets), WithinRel(0.9 * 1.25, 1e-15));
    CHECK_THAT(multiplier_at(0.75, sets), WithinRel(1.5 * 1.125, 1e-15));
    CHECK_THAT(multiplier_at(1.0, sets), WithinRel(2.0, 1e-15));
    double last = 0.0;
    for (double vol = 0.05; vol < 2.0; vol += 0.01) {
        CHECK(multiplier_at(vol, sets) >= last);
        last = multiplier_at(vol, sets);
    }
}

TEST_CASE("a buffer that would be released too fast is refused") {
    const auto document = policy::preset("dynamic")
                              .value()
                              .with("calm_buffer=0.6")
                              .value()
                              .with("buffer_release_end=2")
                              .value();
    const SampleMarket desk = three_coins();
    const auto made = make_model(document, desk.market);
    REQUIRE_FALSE(made);
    CHECK(made.error().field == "calm_buffer");
}

TEST_CASE("residuals are a Student t, a normal, or the returns that the policy has") {
    const double root = std::sqrt(2.0 / 365.0);
    // The normal expected shortfall at 99 % is phi(2.3263) / 0.01 = 2.6652 deviations.
    CHECK_THAT(shortfall_factor(params({"residuals=normal"})).value(),
               WithinRel(2.665214220345806 * root, 1e-9));
    DynamicParams own = params({"residuals=filtered_historical", "confidence=0.9"});
    own.standardised_returns = {-3.0, 0.1, 0.2, -0.3, 0.5, 1.0, -1.0, 2.0, 0.0, -0.5};
    // Type 7 quantile at 10 % is -1.2, so the tail is -3 alone; above, 2.
    CHECK_THAT(shortfall_factor(own).value(), WithinRel(3.0 * root, 1e-14));
    for (double& value : own.standardised_returns) value = -value;
    CHECK_THAT(shortfall_factor(own).value(), WithinRel(3.0 * root, 1e-14));
}

TEST_CASE("a residual that is not known, or returns that are too few, are refused") {
    const auto unknown = shortfall_factor(params({"residuals=cauchy"}));
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().message == "want student_t, normal or filtered_historical, got 'cauchy'");
    const auto few = shortfall_factor(params({"residuals=filtered_historical"}));
    REQUIRE_FALSE(few);
    CHECK(few.error().message == "want at least 100 for a confidence of 0.99, got 0");
}
