#include "stats/optimise/roots.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace tidemark;
using Catch::Matchers::WithinRel;

namespace {
std::vector<double> between(double low, double high, int steps) {
    std::vector<double> points;
    for (int i = 0; i <= steps; ++i) points.push_back(low + (high - low) * i / steps);
    return points;
}

std::vector<double> found(const std::function<double(double)>& f, const std::vector<double>& points) {
    return stats::roots([&](double x) -> Result<double> { return f(x); }, points).value();
}
}  // namespace

TEST_CASE("every crossing is found, in order") {
    const auto cubic = [](double x) { return (x - 0.5) * (x - 1.25) * (x - 3.0); };
    const auto all = found(cubic, between(0.1, 4.1, 37));
    REQUIRE(all.size() == 3);
    CHECK_THAT(all[0], WithinRel(0.5, 1e-15));
    CHECK_THAT(all[1], WithinRel(1.25, 1e-15));
    CHECK_THAT(all[2], WithinRel(3.0, 1e-15));
}

TEST_CASE("a root is as near as doubles are, however steep or flat the curve") {
    struct Case {
        std::string name;
        std::function<double(double)> curve;
        double root;
    };
    const auto c = GENERATE(
        values<Case>({{"steep", [](double x) { return std::expm1(800.0 * (x - 0.7)); }, 0.7},
                      {"flat", [](double x) { return std::pow(x - 0.7, 9.0); }, 0.7},
                      {"a kink", [](double x) { return x < 0.7 ? 1e6 * (x - 0.7) : 1e-6 * (x - 0.7); }, 0.7},
                      {"a jump", [](double x) { return x < 0.7 ? -1.0 : 1e9; }, 0.7},
                      {"falling", [](double x) { return 1.0 / x - 1.0 / 0.7; }, 0.7}}));
    INFO(c.name);
    const auto all = found(c.curve, between(0.01, 2.0, 10));
    REQUIRE(all.size() == 1);
    CHECK_THAT(all[0], WithinRel(c.root, c.name == "flat" ? 1e-2 : 4e-16));
}

TEST_CASE("a dip below zero between two points is followed down") {
    const auto dip = [](double x) { return (x - 1.0) * (x - 1.0) - 1e-4; };
    const auto all = found(dip, {0.1, 0.7, 1.3, 2.5});
    REQUIRE(all.size() == 2);
    CHECK_THAT(all[0], WithinRel(0.99, 1e-12));
    CHECK_THAT(all[1], WithinRel(1.01, 1e-12));
    CHECK(found([&](double x) { return -dip(x); }, {0.1, 0.7, 1.3, 2.5}).size() == 2);
}

TEST_CASE("none is an answer") {
    CHECK(found([](double x) { return 1.0 + x * x; }, between(-1.0, 1.0, 10)).empty());
    CHECK(found([](double) { return -1.0; }, between(-1.0, 1.0, 10)).empty());
    CHECK(found([](double) { return 0.0; }, between(-1.0, 1.0, 10)).empty());
    CHECK(found([](double x) { return x; }, {}).empty());
}

TEST_CASE("a curve that fails fails the search") {
    const auto broken = stats::roots(
        [](double) -> Result<double> {
            return Error{Errc::stale, "old", "", 0};
        },
        std::vector{0.5, 1.0});
    REQUIRE_FALSE(broken);
    CHECK(broken.error().code == Errc::stale);
}
