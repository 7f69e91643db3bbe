#include "vol/surface/skew.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "pricing/black76.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using pricing::DeltaConvention;
using pricing::OptionType;

namespace {

constexpr Price forward{64250.0};
constexpr YearFraction years{30.0 / 365.0};
constexpr SviRaw slice{.a = 0.0105, .b = 0.055, .rho = -0.25, .m = 0.015, .sigma = 0.12};

SmileSummary summary(DeltaConvention convention) {
    return skew_summary(svi_curve(slice).value(), forward, years, convention);
}

pricing::Greeks greeks(const SmilePoint& at, OptionType type) {
    return pricing::black76_greeks(
               {.forward = forward, .strike = at.strike, .years = years, .annual_vol = at.vol, .type = type})
        .value();
}

}  // namespace

TEST_CASE("a slice's 25 deltas under the forward convention") {
    // skew.rr_bf_25 of the vectors, mpmath root find on the smile.
    const SmileSummary found = summary(DeltaConvention::forward);
    REQUIRE(found.status == SmileStatus::ok);
    CHECK_THAT(found.call_25->strike.value(), WithinRel(70837.01639163101, 1e-11));
    CHECK_THAT(found.put_25->strike.value(), WithinRel(58932.683324873724, 1e-11));
    CHECK_THAT(found.dns->strike.value(), WithinRel(64804.84859854092, 1e-11));
    CHECK_THAT(*found.rr25, WithinAbs(-0.04003418488668464, 1e-11));
    CHECK_THAT(*found.bf25, WithinAbs(0.020269270206222, 1e-11));
    CHECK_THAT(*found.bf25_dns, WithinAbs(0.022395003086469228, 1e-11));
}

TEST_CASE("a slice's 25 deltas under the premium-adjusted convention") {
    const SmileSummary found = summary(DeltaConvention::premium_adjusted);
    CHECK_THAT(found.call_25->strike.value(), WithinRel(70225.68210491988, 1e-11));
    CHECK_THAT(found.put_25->strike.value(), WithinRel(58304.83050389844, 1e-11));
    CHECK_THAT(*found.rr25, WithinAbs(-0.04841935794034201, 1e-11));
    CHECK_THAT(*found.bf25, WithinAbs(0.02259037899554484, 1e-11));
}

TEST_CASE("an option at the found strike and vol has the delta asked for") {
    const SmileCurve curve = svi_curve(slice).value();
    for (const double delta : {0.01, 0.1, 0.25, 0.4, 0.5, 0.75}) {
        const auto call =
            delta_point(curve, forward, years, delta, OptionType::call, DeltaConvention::forward);
        REQUIRE(call);
        CHECK_THAT(greeks(*call, OptionType::call).delta_forward, WithinRel(delta, 1e-10));
        const auto put =
            delta_point(curve, forward, years, -delta, OptionType::put, DeltaConvention::forward);
        REQUIRE(put);
        CHECK_THAT(greeks(*put, OptionType::put).delta_forward, WithinRel(-delta, 1e-10));
        if (delta > 0.45) continue;  // above what a premium-adjusted call can have
        const auto adjusted =
            delta_point(curve, forward, years, delta, OptionType::call, DeltaConvention::premium_adjusted);
        REQUIRE(adjusted);
        CHECK_THAT(greeks(*adjusted, OptionType::call).delta_premium_adjusted, WithinRel(delta, 1e-9));
    }
}

TEST_CASE("the straddle at its strike has no delta") {
    for (const auto convention : {DeltaConvention::forward, DeltaConvention::premium_adjusted}) {
        const SmilePoint at = summary(convention).dns.value();
        const auto call = greeks(at, OptionType::call);
        const auto put = greeks(at, OptionType::put);
        const double sum = convention == DeltaConvention::forward
                               ? call.delta_forward + put.delta_forward
                               : call.delta_premium_adjusted + put.delta_premium_adjusted;
        CHECK_THAT(sum, WithinAbs(0.0, 1e-12));
    }
}

TEST_CASE("a delta that no option has is not found") {
    const SmileCurve curve = svi_curve(slice).value();
    CHECK_FALSE(delta_point(curve, forward, years, 1.5, OptionType::call, DeltaConvention::forward));
    CHECK_FALSE(delta_point(curve, forward, years, -0.25, OptionType::call, DeltaConvention::forward));
    CHECK_FALSE(
        delta_point(curve, forward, years, 0.99, OptionType::call, DeltaConvention::premium_adjusted));
}

TEST_CASE("years of high vol put the 25 delta put above the forward") {
    const SviRaw wide{.a = 3.0, .b = 0.1, .rho = 0.0, .m = 0.0, .sigma = 0.5};
    const SmileSummary found =
        skew_summary(svi_curve(wide).value(), forward, YearFraction{2.0}, DeltaConvention::forward);
    REQUIRE(found.status == SmileStatus::ok);
    CHECK(found.put_25->strike > forward);
    CHECK(found.call_25->strike > found.put_25->strike);
}

TEST_CASE("a curve without knots reaches nothing") {
    const SmileSummary none = skew_summary({}, forward, years, DeltaConvention::forward);
    CHECK(none.status == SmileStatus::no_atm);
    CHECK_FALSE(none.atm_vol);
    CHECK(svi_curve({.a = 0.0, .b = 0.0, .rho = 0.0, .m = 0.0, .sigma = 1.0}).error().code ==
          Errc::out_of_domain);
}
