#include "stats/backtest/traffic_light.hpp"

#include <catch2/catch.hpp>

#include "stats/distributions/tail_probability.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using stats::Zone;

TEST_CASE("zones of 250 days at 99 % are the Basel table of 1996") {
    struct Case {
        std::int64_t exceptions;
        double percent, plus_factor;
        Zone zone;
    };
    const auto c = GENERATE(values<Case>({
        {0, 8.11, 0.0, Zone::green},
        {1, 28.58, 0.0, Zone::green},
        {4, 89.22, 0.0, Zone::green},
        {5, 95.88, 0.40, Zone::yellow},
        {6, 98.63, 0.50, Zone::yellow},
        {7, 99.60, 0.65, Zone::yellow},
        {8, 99.89, 0.75, Zone::yellow},
        {9, 99.97, 0.85, Zone::yellow},
        {10, 99.99, 1.00, Zone::red},
    }));
    const auto light = stats::traffic_light(c.exceptions, 250, 0.01).value();
    CHECK_THAT(100.0 * light.cumulative, WithinAbs(c.percent, 0.0051));
    CHECK(light.zone == c.zone);
    CHECK(stats::plus_factor_1996(c.exceptions) == c.plus_factor);
}

TEST_CASE("traffic light of other samples matches MathWorks' documentation") {
    const auto light = stats::traffic_light(57, 1043, 0.05).value();
    CHECK_THAT(light.cumulative, WithinRel(0.77913, 1e-5));
    CHECK_THAT(light.type1, WithinRel(0.26396, 1e-5));
    CHECK(light.zone == Zone::green);
    CHECK_THAT(light.type1 + light.cumulative,
               WithinRel(1.0 + stats::binomial_probability(57, 1043, 0.05), 1e-12));
}

TEST_CASE("zone edges bound the zones") {
    const auto edges = stats::zone_edges(250, 0.01).value();
    CHECK(edges.max_green == 4);
    CHECK(edges.first_red == 10);
    const auto longer = stats::zone_edges(750, 0.01).value();
    CHECK(stats::traffic_light(longer.max_green, 750, 0.01).value().zone == Zone::green);
    CHECK(stats::traffic_light(longer.max_green + 1, 750, 0.01).value().zone == Zone::yellow);
    CHECK(stats::traffic_light(longer.first_red - 1, 750, 0.01).value().zone == Zone::yellow);
    CHECK(stats::traffic_light(longer.first_red, 750, 0.01).value().zone == Zone::red);
}

TEST_CASE("one certain day goes straight from nothing to red") {
    const auto edges = stats::zone_edges(1, 0.000001).value();
    CHECK(edges.max_green == -1);  // no exception at all is already past 99.99 %
    CHECK(edges.first_red == 0);
}

TEST_CASE("multipliers hold beyond both ends of the table") {
    CHECK(stats::multiplier_mar99(0) == 1.5);
    CHECK(stats::multiplier_mar99(5) == 1.7);
    CHECK(stats::multiplier_mar99(1000) == 2.0);
}

TEST_CASE("traffic light refuses impossible samples") {
    CHECK(stats::traffic_light(11, 10, 0.01).error().code == Errc::out_of_domain);
    CHECK(stats::traffic_light(0, 0, 0.01).error().code == Errc::out_of_domain);
    CHECK(stats::zone_edges(10, 0.0).error().code == Errc::out_of_domain);
}
