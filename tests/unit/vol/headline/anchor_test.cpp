#include "vol/headline/anchor.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinRel;

namespace {

/// Days of one bar each, whose squared return is `variance`; from day 100 on.
std::vector<DaySum> days(std::size_t calm, std::size_t wild, double variance = 1e-4, double worst = 4e-4) {
    std::vector<DaySum> out;
    for (std::size_t i = 0; i < calm + wild; ++i)
        out.push_back({0.0, i < calm ? variance : worst, static_cast<std::int32_t>(100 + i), 1});
    return out;
}

constexpr AnnualVol over_all{0.5};

double annual(double daily_variance) {
    return std::sqrt(daily_variance * 365.0);
}

}  // namespace

TEST_CASE("with plain rules the anchor is the estimator over all bars") {
    const auto history = days(60, 0);
    const auto anchor = bar_anchor(history, over_all, ms_per_day, {});
    REQUIRE(anchor);
    CHECK(anchor->annual_vol == over_all);
    CHECK(anchor->days == 60);
    CHECK_FALSE(anchor->bounded);
    CHECK_FALSE(anchor->stressed);
}

TEST_CASE("a bounded look back sees its own days alone") {
    const auto history = days(60, 40);
    AnchorRules rules;
    rules.days = 40;
    const auto anchor = bar_anchor(history, over_all, ms_per_day, rules);
    REQUIRE(anchor);
    CHECK(anchor->bounded);
    CHECK(anchor->days == 40);
    CHECK_THAT(anchor->annual_vol.value(), WithinRel(annual(4e-4), 1e-12));
    rules.days = 1000;  // longer than there is: as all
    CHECK(bar_anchor(history, over_all, ms_per_day, rules)->annual_vol == over_all);
}

TEST_CASE("the worst stretch has its weight in variance, and only raises") {
    const auto history = days(60, 10);
    AnchorRules rules;
    rules.stressed_weight = 0.25;
    rules.stressed_days = 10;
    const AnnualVol calm{annual(1e-4)};
    const auto anchor = bar_anchor(history, calm, ms_per_day, rules);
    REQUIRE(anchor->stressed);
    CHECK(anchor->unstressed == calm);
    CHECK(anchor->stressed->first_day == 160);
    CHECK(anchor->stressed->last_day == 169);
    CHECK_THAT(anchor->annual_vol.value(), WithinRel(annual(0.75e-4 + 1e-4), 1e-12));
    CHECK(bar_anchor(history, AnnualVol{3.0}, ms_per_day, rules)->annual_vol.value() == 3.0);
    rules.stressed_days = 200;  // longer than the history
    CHECK_FALSE(bar_anchor(history, calm, ms_per_day, rules)->stressed);
}

TEST_CASE("there is no anchor of bars without days, or where nothing moved") {
    CHECK_FALSE(bar_anchor({}, over_all, ms_per_day, {}));
    CHECK_FALSE(bar_anchor(days(60, 0), AnnualVol{0.0}, ms_per_day, {}));
}

TEST_CASE("of a short history the market's own view counts where it is greater") {
    const std::optional<BarAnchor> bars = BarAnchor{AnnualVol{0.5}, AnnualVol{0.5}, 10, false, {}};
    const auto of = [&](std::int64_t history_ms, double implied) {
        return long_run_anchor(bars, history_ms, implied).value();
    };
    CHECK(of(least_anchor_ms - 1, 0.6).annual_vol.value() == 0.6);
    CHECK_FALSE(of(least_anchor_ms - 1, 0.6).of_bars);
    CHECK(of(least_anchor_ms - 1, 0.4).of_bars);
    CHECK(of(least_anchor_ms, 0.6).of_bars);
    CHECK(long_run_anchor({}, 0, 0.6)->annual_vol.value() == 0.6);
    CHECK_FALSE(long_run_anchor({}, 0, 0.0));
}
