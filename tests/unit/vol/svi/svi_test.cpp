#include "vol/svi/svi.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

// Gatheral and Jacquier (2014), example 3.1, after Vogt.
constexpr SviRaw vogt{.a = -0.041, .b = 0.1331, .rho = 0.306, .m = 0.3586, .sigma = 0.4153};
constexpr YearFraction one_year{1.0};

void check_same(const SviRaw& got, const SviRaw& want, double tolerance) {
    CHECK_THAT(got.a, WithinAbs(want.a, tolerance));
    CHECK_THAT(got.b, WithinAbs(want.b, tolerance));
    CHECK_THAT(got.rho, WithinAbs(want.rho, tolerance));
    CHECK_THAT(got.m, WithinAbs(want.m, tolerance));
    CHECK_THAT(got.sigma, WithinAbs(want.sigma, tolerance));
}

Errc refusal(const SviRaw& slice) {
    return check(slice).error().code;
}

Errc refusal(SviJumpWings wings) {
    return from_jump_wings(wings, one_year).error().code;
}

}  // namespace

TEST_CASE("Vogt's slice has the published values") {
    CHECK_THAT(total_variance(vogt, -1.5), WithinRel(0.13678196112229782, 1e-13));
    CHECK_THAT(total_variance(vogt, 0.4), WithinRel(0.01623656962322234, 1e-13));
    const SviSlope at = slope(vogt, 0.9);
    CHECK_THAT(at.w, WithinRel(0.07186993504958307, 1e-13));
    CHECK_THAT(at.first, WithinRel(0.1463362538145433, 1e-13));
    CHECK_THAT(at.second, WithinRel(0.07226020348758806, 1e-13));
}

TEST_CASE("the slope is the derivative") {
    const double h = 1e-5;
    for (double k = -2.0; k <= 2.0; k += 0.1) {
        const double rise = total_variance(vogt, k + h) - total_variance(vogt, k - h);
        CHECK_THAT(slope(vogt, k).first, WithinAbs(rise / (2.0 * h), 1e-9));
        const double bend = slope(vogt, k + h).first - slope(vogt, k - h).first;
        CHECK_THAT(slope(vogt, k).second, WithinAbs(bend / (2.0 * h), 1e-8));
    }
}

TEST_CASE("no k is below the least variance") {
    double least = std::numeric_limits<double>::infinity();
    for (double k = -2.0; k <= 2.0; k += 1e-4) least = std::min(least, total_variance(vogt, k));
    CHECK(least >= least_variance(vogt));
    CHECK_THAT(least, WithinRel(least_variance(vogt), 1e-6));
}

TEST_CASE("Vogt's jump wings are those of example 5.1") {
    const SviJumpWings wings = to_jump_wings(vogt, one_year).value();
    CHECK_THAT(wings.v, WithinAbs(0.01742625, 5e-9));
    CHECK_THAT(wings.psi, WithinAbs(-0.1752111, 5e-8));
    CHECK_THAT(wings.p, WithinAbs(0.6997381, 5e-8));
    CHECK_THAT(wings.c, WithinAbs(1.316798, 5e-7));
    CHECK_THAT(wings.v_tilde, WithinAbs(0.0116249, 5e-8));
}

TEST_CASE("jump wings and natural parameters lead back") {
    for (const double m : {-0.4, -1e-3, 0.0, 0.2}) {
        for (const double rho : {-0.9, -0.2, 0.0, 0.6}) {
            const SviRaw slice{.a = 0.01, .b = 0.2, .rho = rho, .m = m, .sigma = 0.15};
            const YearFraction years{0.25};
            check_same(from_natural(to_natural(slice)).value(), slice, 1e-14);
            if (rho == 0.0 && m == 0.0) continue;  // the least variance is at the forward
            check_same(from_jump_wings(to_jump_wings(slice, years).value(), years).value(), slice, 1e-11);
        }
    }
}

TEST_CASE("natural parameters give the natural form") {
    const SviNatural natural{.delta = 0.002, .mu = 0.05, .rho = -0.4, .omega = 0.03, .zeta = 5.0};
    const SviRaw slice = from_natural(natural).value();
    for (const double k : {-1.0, -0.1, 0.0, 0.05, 0.7}) {
        const double x = natural.zeta * (k - natural.mu);
        const double root =
            std::sqrt((x + natural.rho) * (x + natural.rho) + 1.0 - natural.rho * natural.rho);
        const double w = natural.delta + 0.5 * natural.omega * (1.0 + natural.rho * x + root);
        CHECK_THAT(total_variance(slice, k), WithinRel(w, 1e-13));
    }
}

TEST_CASE("Derive's vol holds k within four deviations") {
    // derive-svi-06 and -13 of the margin vectors: one slice, two far strikes, one vol.
    const SviRaw slice{.a = 0.02823198953581321,
                       .b = 0.10925942534588254,
                       .rho = -0.3830138037409332,
                       .m = -0.13397384969096524,
                       .sigma = 0.1944494911682141};
    const Price forward{96806.98376620916};
    const YearFraction years{0.17863077118214};
    for (const double strike : {863089.0, 274308.0}) {
        CHECK_THAT(svi_vol_clamped(slice, forward, Price{strike}, years).value().value(),
                   WithinRel(0.7453662506831419, 1e-12));
    }
    CHECK(svi_vol(slice, forward, Price{863089.0}, years).value() > AnnualVol{0.75});
    CHECK(svi_vol(slice, forward, Price{90000.0}, years).value() ==
          svi_vol_clamped(slice, forward, Price{90000.0}, years).value());
}

TEST_CASE("what is no slice is refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(check(vogt));
    CHECK(check({.a = 0.01, .b = 0.0, .rho = 0.0, .m = 0.0, .sigma = 1.0}));
    CHECK(refusal({.a = nan, .b = 0.1, .rho = 0.0, .m = 0.0, .sigma = 0.1}) == Errc::out_of_domain);
    CHECK(refusal({.a = 0.1, .b = -0.1, .rho = 0.0, .m = 0.0, .sigma = 0.1}) == Errc::out_of_domain);
    CHECK(refusal({.a = 0.1, .b = 0.1, .rho = 1.0, .m = 0.0, .sigma = 0.1}) == Errc::out_of_domain);
    CHECK(refusal({.a = 0.1, .b = 0.1, .rho = 0.0, .m = nan, .sigma = 0.1}) == Errc::out_of_domain);
    CHECK(refusal({.a = 0.1, .b = 0.1, .rho = 0.0, .m = 0.0, .sigma = 0.0}) == Errc::out_of_domain);
    CHECK(refusal({.a = -0.1, .b = 0.1, .rho = 0.0, .m = 0.0, .sigma = 0.1}) == Errc::out_of_domain);
    CHECK(svi_vol(vogt, Price{0.0}, Price{1.0}, one_year).error().code == Errc::out_of_domain);
    CHECK(svi_vol(vogt, Price{1.0}, Price{nan}, one_year).error().code == Errc::out_of_domain);
    CHECK(svi_vol(vogt, Price{1.0}, Price{1.0}, YearFraction{0.0}).error().code == Errc::out_of_domain);
}

TEST_CASE("jump wings that no slice has are refused") {
    const SviJumpWings wings{.v = 0.04, .psi = -0.1, .p = 0.6, .c = 0.4, .v_tilde = 0.03};
    REQUIRE(from_jump_wings(wings, one_year));
    auto changed = [&](double SviJumpWings::*member, double value) {
        SviJumpWings copy = wings;
        copy.*member = value;
        return copy;
    };
    CHECK(refusal(changed(&SviJumpWings::v, 0.0)) == Errc::out_of_domain);
    CHECK(refusal(changed(&SviJumpWings::psi, -0.31)) == Errc::out_of_domain);
    CHECK(refusal(changed(&SviJumpWings::psi, 0.21)) == Errc::out_of_domain);
    CHECK(refusal(changed(&SviJumpWings::psi, 0.0)) == Errc::out_of_domain);
    CHECK(refusal(changed(&SviJumpWings::v_tilde, 0.05)) == Errc::out_of_domain);
    CHECK(refusal(changed(&SviJumpWings::v_tilde, -0.01)) == Errc::out_of_domain);
    CHECK(refusal(changed(&SviJumpWings::c, 0.0)) == Errc::out_of_domain);
    CHECK(from_jump_wings(wings, YearFraction{0.0}).error().code == Errc::out_of_domain);
}
