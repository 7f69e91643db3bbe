#include "vol/svi/svi_arbitrage.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "stats/optimise/polynomial.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

constexpr SviRaw vogt{.a = -0.041, .b = 0.1331, .rho = 0.306, .m = 0.3586, .sigma = 0.4153};

bool inside(const std::vector<MoneynessInterval>& intervals, double k) {
    for (const auto& [from, to] : intervals) {
        if (from <= k && k <= to) return true;
    }
    return false;
}

SviRaw random_slice(std::mt19937& random) {
    std::uniform_real_distribution<double> unit{0.0, 1.0};
    const double b = 1.2 * unit(random);
    const double rho = 1.9 * unit(random) - 0.95;
    const double sigma = std::exp(-4.0 + 4.0 * unit(random));
    const double lowest = -b * sigma * std::sqrt(1.0 - rho * rho);
    return {.a = lowest + 0.05 * unit(random) + 1e-4,
            .b = b,
            .rho = rho,
            .m = unit(random) - 0.5,
            .sigma = sigma};
}

}  // namespace

TEST_CASE("roots of a polynomial with known ones") {
    // (t - 1)(t - 2)(t - 3)(t + 1)
    const std::vector<double> roots = stats::positive_roots(std::vector<double>{-6.0, 5.0, 5.0, -5.0, 1.0});
    REQUIRE(roots.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) CHECK_THAT(roots[i], WithinRel(static_cast<double>(i + 1), 1e-11));
    const std::vector<double> real = stats::real_roots(std::vector<double>{-6.0, 5.0, 5.0, -5.0, 1.0});
    REQUIRE(real.size() == 4);
    CHECK_THAT(real.front(), WithinRel(-1.0, 1e-11));
    CHECK(stats::positive_roots(std::vector<double>{0.0, 0.0, 0.0}).empty());
    CHECK(stats::positive_roots(std::vector<double>{1.0, -1.0, 1.0}).empty());
    CHECK(stats::real_roots(std::vector<double>{0.0, 1.0}) == std::vector<double>{0.0});
}

TEST_CASE("Vogt's slice admits a butterfly on the known interval alone") {
    const ButterflyCheck found = check_butterfly(vogt).value();
    CHECK_FALSE(found.arbitrage_free);
    REQUIRE(found.negative.size() == 1);
    // Roots and minimum by mpmath (vectors, svi.butterfly_check).
    CHECK_THAT(found.negative[0].from, WithinAbs(0.6424078778693807, 1e-10));
    CHECK_THAT(found.negative[0].to, WithinAbs(1.2569129919321274, 1e-10));
    CHECK_THAT(found.least_density, WithinAbs(-0.032863573453623014, 1e-12));
    CHECK_THAT(found.least_density_at, WithinAbs(0.8792625416220679, 1e-7));
}

TEST_CASE("the published repairs of Vogt's slice are free") {
    for (const auto& [c, v_tilde] : {std::pair{0.3493158, 0.01548182}, std::pair{0.8564763, 0.0116249}}) {
        const SviJumpWings wings{
            .v = 0.01742625, .psi = -0.1752111, .p = 0.6997381, .c = c, .v_tilde = v_tilde};
        CHECK(check_butterfly(from_jump_wings(wings, YearFraction{1.0}).value()).value().arbitrage_free);
    }
}

TEST_CASE("a flat smile is free") {
    const ButterflyCheck flat =
        check_butterfly({.a = 0.04, .b = 0.0, .rho = 0.0, .m = 0.0, .sigma = 0.1}).value();
    CHECK(flat.arbitrage_free);
    CHECK_THAT(flat.least_density, WithinRel(1.0, 1e-15));
}

TEST_CASE("wings beyond Lee's bound are arbitrage out to infinity") {
    const SviRaw steep{.a = 0.1, .b = 2.5, .rho = 0.0, .m = 0.0, .sigma = 0.2};
    const ButterflyCheck found = check_butterfly(steep).value();
    CHECK_FALSE(found.arbitrage_free);
    CHECK(found.wing_slope == 2.5);
    REQUIRE(found.negative.size() == 2);
    CHECK(std::isinf(found.negative.front().from));
    CHECK(std::isinf(found.negative.back().to));
    CHECK_THAT(wing_slope({.a = 0.1, .b = 1.0, .rho = -0.5, .m = 0.0, .sigma = 0.2}), WithinRel(1.5, 1e-15));
}

TEST_CASE("the intervals agree with a dense scan of the density") {
    std::mt19937 random{7};
    int with_arbitrage = 0;
    for (int i = 0; i < 300; ++i) {
        const SviRaw slice = random_slice(random);
        const ButterflyCheck found = check_butterfly(slice).value();
        with_arbitrage += found.negative.empty() ? 0 : 1;
        for (double u = -6.0; u <= 6.0; u += 0.01) {
            const double k = slice.m + slice.sigma * std::sinh(u);
            const double density = butterfly_density(slice, k);
            if (std::abs(density) > 1e-9) CHECK(inside(found.negative, k) == (density < 0.0));
            CHECK(found.least_density <= density + 1e-12);
        }
    }
    CHECK(with_arbitrage > 30);
    CHECK(with_arbitrage < 270);
}

TEST_CASE("crossing slices agree with a dense scan") {
    std::mt19937 random{11};
    int crossing = 0;
    for (int i = 0; i < 300; ++i) {
        const SviRaw nearer = random_slice(random);
        const SviRaw later = random_slice(random);
        const CalendarCheck found = check_calendar(nearer, later).value();
        CHECK(found.arbitrage_free == found.crossed.empty());
        crossing += static_cast<int>(found.crossed.size());
        for (double k = -5.0; k <= 5.0; k += 0.01) {
            const double rise = total_variance(later, k) - total_variance(nearer, k);
            if (std::abs(rise) > 1e-9) CHECK(inside(found.crossed, k) == (rise < 0.0));
        }
    }
    CHECK(crossing > 100);
}

TEST_CASE("a slice does not cross itself, and raised it crosses nothing") {
    CHECK(check_calendar(vogt, vogt).value().arbitrage_free);
    SviRaw raised = vogt;
    raised.a += 1e-6;
    CHECK(check_calendar(vogt, raised).value().arbitrage_free);
    const CalendarCheck fallen = check_calendar(raised, vogt).value();
    REQUIRE(fallen.crossed.size() == 1);
    CHECK(std::isinf(fallen.crossed[0].from));
    CHECK(std::isinf(fallen.crossed[0].to));
}

TEST_CASE("what is no slice is not judged") {
    const SviRaw below{.a = -0.5, .b = 0.1, .rho = 0.0, .m = 0.0, .sigma = 0.1};
    CHECK(check_butterfly(below).error().code == Errc::out_of_domain);
    CHECK(check_calendar(below, vogt).error().code == Errc::out_of_domain);
    CHECK(check_calendar(vogt, below).error().code == Errc::out_of_domain);
}
