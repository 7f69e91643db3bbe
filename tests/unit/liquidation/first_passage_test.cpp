#include "liquidation/first_passage.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace tidemark::liquidation;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {
constexpr double day = 1.0 / 365.0, infinity = std::numeric_limits<double>::infinity();

/// Half of erfc: the normal law without the library's own.
double below(double z) {
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

/// Survival between two barriers as a sine series (Feller vol. II, X.5), in the place of images.
double series_survival(double lower, double upper, double vol, double years, double drift) {
    const double a = -std::log(lower), width = std::log(upper) - std::log(lower), pi = std::acos(-1.0);
    const double tilt = drift / (vol * vol);
    double sum = 0.0;
    for (int n = 1; n < 400; ++n) {
        const double k = n * pi / width;
        const double integral = k * (std::exp(-tilt * a) - std::pow(-1.0, n) * std::exp(tilt * (width - a))) /
                                (k * k + tilt * tilt);
        sum += std::sin(k * a) * integral * std::exp(-0.5 * years * vol * vol * k * k);
    }
    return 2.0 / width * sum * std::exp(-0.5 * drift * drift / (vol * vol) * years);
}
}  // namespace

TEST_CASE("a fall of 10 % within a day at 80 %") {
    // Checked against the integral of the inverse Gaussian density of first passage.
    const double touch = touch_probability(0.9, 0.8, day, martingale_drift(0.8));
    CHECK_THAT(touch, WithinRel(0.012504482282205052, 1e-10));
    const double ends_below = below((std::log(0.9) + 0.32 * day) / (0.8 * std::sqrt(day)));
    CHECK_THAT(touch / ends_below, WithinRel(1.986635283303374, 1e-8));
}

TEST_CASE("a rise mirrors a fall") {
    CHECK_THAT(touch_probability(1.12, 0.8, 7 * day, martingale_drift(0.8)),
               WithinRel(0.28922716289735007, 1e-10));
    CHECK_THAT(touch_probability(0.9, 0.8, 7 * day, martingale_drift(0.8)),
               WithinRel(0.3597960480166813, 1e-10));
    const double drift = GENERATE(-0.7, 0.0, 0.3);
    CHECK_THAT(touch_probability(1.25, 0.6, 0.3, drift),
               WithinRel(touch_probability(0.8, 0.6, 0.3, -drift), 1e-13));
}

TEST_CASE("without drift a touch is twice as likely as an end beyond") {
    const double barrier = GENERATE(0.2, 0.7, 0.99, 1.01, 1.5, 4.0);
    const double s = 0.5 * std::sqrt(0.4);
    CHECK_THAT(touch_probability(barrier, 0.5, 0.4, 0.0),
               WithinRel(2.0 * below(-std::fabs(std::log(barrier)) / s), 1e-12));
}

TEST_CASE("limits of one barrier") {
    CHECK(touch_probability(1.0, 0.8, day, 0.0) == 1.0);
    CHECK(touch_probability(1.0, 0.0, 0.0, 0.0) == 1.0);
    CHECK(touch_probability(0.9, 0.8, 0.0, 0.0) == 0.0);
    CHECK(touch_probability(0.9, 0.0, day, 0.0) == 0.0);
    CHECK(touch_probability(0.0, 0.8, day, 0.0) == 0.0);
    CHECK(touch_probability(infinity, 0.8, day, 0.0) == 0.0);
    // A martingale goes to 0 in the end, and doubles before that with probability 1/2.
    CHECK_THAT(touch_probability(0.5, 1.0, 1e6, martingale_drift(1.0)), WithinAbs(1.0, 1e-12));
    CHECK_THAT(touch_probability(2.0, 1.0, 1e6, martingale_drift(1.0)), WithinAbs(0.5, 1e-12));
}

TEST_CASE("a strong drift towards the barrier reaches it, away from it does not") {
    CHECK(touch_probability(0.9, 0.01, 1.0, -5.0) == 1.0);
    CHECK(touch_probability(1.1, 0.01, 1.0, 5.0) == 1.0);
    CHECK(touch_probability(0.9, 0.01, 1.0, 5.0) == 0.0);
    // Reaches it at the half with certainty, so half of the paths by when the mean arrives (to 1 in 38).
    CHECK_THAT(touch_probability(std::exp(-5.0), 0.01, 1.0, -5.0), WithinAbs(0.5, 0.02));
}

TEST_CASE("two barriers: images agree with the sine series, and count no path twice") {
    struct Case {
        double lower, upper, vol, years, drift;
    };
    const auto c = GENERATE(values<Case>({{0.9, 1.12, 0.8, 7 * day, -0.32},
                                          {0.9, 1.12, 0.8, 7 * day, 0.9},
                                          {0.5, 2.0, 1.0, 1.0, -0.5},
                                          {0.98, 1.02, 0.5, 30 * day, -0.125},
                                          {0.99, 3.0, 0.6, 0.1, 0.0}}));
    const double touch = corridor_touch_probability(c.lower, c.upper, c.vol, c.years, c.drift);
    CHECK_THAT(touch, WithinAbs(1.0 - series_survival(c.lower, c.upper, c.vol, c.years, c.drift), 1e-10));
    const double down = touch_probability(c.lower, c.vol, c.years, c.drift);
    const double up = touch_probability(c.upper, c.vol, c.years, c.drift);
    CHECK(touch <= down + up + 1e-12);
    CHECK(touch >= std::max(down, up) - 1e-12);
}

TEST_CASE("either barrier of 90 and 112 within a week at 80 %") {
    CHECK_THAT(corridor_touch_probability(0.9, 1.12, 0.8, 0.019178082191780823, -0.32),
               WithinRel(0.6429023729807055, 1e-9));
}

TEST_CASE("a corridor without one of its walls is the other barrier") {
    const double drift = martingale_drift(0.8);
    CHECK(corridor_touch_probability(0.0, 1.12, 0.8, day, drift) == touch_probability(1.12, 0.8, day, drift));
    CHECK(corridor_touch_probability(0.9, infinity, 0.8, day, drift) ==
          touch_probability(0.9, 0.8, day, drift));
    CHECK(corridor_touch_probability(0.0, infinity, 0.8, day, drift) == 0.0);
    CHECK_THAT(corridor_touch_probability(0.9, 1e9, 0.8, day, drift),
               WithinRel(touch_probability(0.9, 0.8, day, drift), 1e-9));
    CHECK(corridor_touch_probability(0.9, 1.1, 0.8, 0.0, drift) == 0.0);
    CHECK_THAT(corridor_touch_probability(0.999, 1.001, 0.8, 1.0, drift), WithinAbs(1.0, 1e-12));
}

TEST_CASE("more time, more volatility and a nearer barrier never make a touch less likely") {
    double last = 0.0;
    for (double days = 0.1; days < 400.0; days *= 1.7) {
        const double p = corridor_touch_probability(0.8, 1.3, 0.7, days * day, martingale_drift(0.7));
        CHECK(p >= last);
        last = p;
    }
    last = 0.0;
    for (double barrier = 0.05; barrier < 1.0; barrier += 0.05) {
        const double p = touch_probability(barrier, 0.7, 0.2, martingale_drift(0.7));
        CHECK(p >= last);
        last = p;
    }
}

TEST_CASE("a barrier watched now and then lies further off") {
    // Broadie, Glasserman and Kou (1997): beta = -zeta(1/2) / sqrt(2 pi) = 0.5826.
    CHECK_THAT(discretely_watched(0.9, 0.8, 1.902587519025875e-06), WithinRel(0.8994215929370988, 1e-12));
    const double s = 0.5826 * 0.3 * std::sqrt(1.0 / 250.0);
    CHECK_THAT(discretely_watched(1.2, 0.3, 1.0 / 250.0), WithinRel(1.2 * std::exp(s), 1e-6));
    CHECK(discretely_watched(0.9, 0.8, 0.0) == 0.9);
}
