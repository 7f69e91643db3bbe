#include "score/scorecard.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace tidemark::score;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("600 points at 50 to 1, doubled every 20") {
    // Siddiqi, Credit Risk Scorecards: factor 28.8539, offset 487.123.
    const Scale scale{600.0, 50.0, 20.0};
    CHECK_THAT(scale.factor(), WithinAbs(28.8539, 5e-5));
    CHECK_THAT(scale.offset(), WithinAbs(487.123, 5e-4));
    CHECK_THAT(scale.points(0.5), WithinRel(scale.offset(), 1e-14));
    CHECK_THAT(scale.points(1.0 / 51.0), WithinRel(600.0, 1e-14));
    CHECK_THAT(scale.points(1.0 / 101.0), WithinRel(620.0, 1e-14));
    CHECK_THAT(scale.points(0.02), WithinRel(599.4170730868096, 1e-12));
    CHECK_THAT(scale.points(0.001), WithinRel(686.4096935603538, 1e-12));
}

TEST_CASE("points fall as failure gets likelier") {
    const Scale scale{500.0, 20.0, 40.0};
    double last = 1e300;
    for (double p = 1e-9; p < 1.0; p = p * 1.5 + 1e-10) {
        CHECK(scale.points(p) < last);
        last = scale.points(p);
    }
}

TEST_CASE("a margin call within a day, as a distance to default") {
    // 20,000 over 8,000 at a daily deviation of 5,000 is 2.4 deviations; a touch is twice an end below.
    CHECK_THAT(touch_probability(12'000, 5'000), WithinRel(0.016395071849192262, 1e-12));
    CHECK(touch_probability(0.0, 5'000) == 1.0);
    CHECK(touch_probability(-1.0, 5'000) == 1.0);
    CHECK(touch_probability(1.0, 0.0) == 0.0);
    CHECK(touch_probability(0.0, 0.0) == 1.0);
    CHECK(touch_probability(1e-9, 1e9) <= 1.0);
}

TEST_CASE("the multiplier is neutral at its reference and bounded on both sides") {
    const MultiplierRule rule{0.15, 0.85, 1.5};
    CHECK(rule.multiplier(0.0005, 0.01) == 0.85);
    CHECK(rule.multiplier(0.01, 0.01) == 1.0);
    CHECK_THAT(rule.multiplier(0.02, 0.01), WithinRel(1.109569472067845, 1e-14));
    CHECK(rule.multiplier(0.2, 0.01) == 1.5);
    for (double p = 1e-9; p < 1.0; p *= 3.0) CHECK(rule.multiplier(p, p) == 1.0);
}
