#include "pricing/delta.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "pricing/black76.hpp"

using namespace tidemark;
using namespace tidemark::pricing;
using Catch::Matchers::WithinRel;

TEST_CASE("the strike of a delta has that delta") {
    const auto convention = GENERATE(DeltaConvention::forward, DeltaConvention::premium_adjusted);
    const auto type = GENERATE(OptionType::call, OptionType::put);
    const double vol = GENERATE(0.05, 0.6, 1.8);
    const double size = GENERATE(0.001, 0.05, 0.1, 0.25);
    const double years = GENERATE(0.01, 0.5);
    const double delta = option_sign(type) * size;
    const auto strike =
        strike_for_delta(Price{64250}, YearFraction{years}, AnnualVol{vol}, delta, type, convention);
    REQUIRE(strike);
    const Greeks g =
        black76_greeks({Price{64250}, *strike, YearFraction{years}, AnnualVol{vol}, type}).value();
    const double got = convention == DeltaConvention::forward ? g.delta_forward : g.delta_premium_adjusted;
    CHECK_THAT(got, WithinRel(delta, 1e-11));
}

TEST_CASE("a premium-adjusted call strike lies above the maximum of its delta") {
    const double vol = GENERATE(0.2, 1.0, 2.5);
    const auto adjusted = [&](double strike) {
        return black76_greeks({Price{100}, Price{strike}, YearFraction{1}, AnnualVol{vol}, OptionType::call})
            .value()
            .delta_premium_adjusted;
    };
    double highest = 0.0, at = 0.0;
    for (double strike = 1.0; strike < 1e5; strike *= 1.001) {
        if (adjusted(strike) > highest) highest = adjusted(at = strike);
    }
    const auto strike_for = [&](double delta) {
        return strike_for_delta(Price{100}, YearFraction{1}, AnnualVol{vol}, delta, OptionType::call,
                                DeltaConvention::premium_adjusted);
    };
    CHECK(strike_for(0.99 * highest).value().value() > at);
    CHECK_THAT(adjusted(strike_for(0.99 * highest).value().value()), WithinRel(0.99 * highest, 1e-11));
    REQUIRE_FALSE(strike_for(1.01 * highest));
    CHECK(strike_for(1.01 * highest).error().code == Errc::out_of_domain);
}

TEST_CASE("a delta no strike has is refused") {
    const double delta = GENERATE(0.0, 1.0, 1.5, -0.25, std::nan(""));
    CHECK_FALSE(strike_for_delta(Price{100}, YearFraction{1}, AnnualVol{1}, delta, OptionType::call));
    CHECK_FALSE(strike_for_delta(Price{100}, YearFraction{0}, AnnualVol{1}, 0.25, OptionType::call));
    CHECK_FALSE(strike_for_delta(Price{-1}, YearFraction{1}, AnnualVol{1}, 0.25, OptionType::call));
    CHECK_FALSE(dns_strike(Price{100}, YearFraction{1}, AnnualVol{-1}));
}

TEST_CASE("the delta-neutral straddle is neutral") {
    const auto convention = GENERATE(DeltaConvention::forward, DeltaConvention::premium_adjusted);
    const Price strike = dns_strike(Price{64250}, YearFraction{0.25}, AnnualVol{0.7}, convention).value();
    const auto delta = [&](OptionType type) {
        const Greeks g =
            black76_greeks({Price{64250}, strike, YearFraction{0.25}, AnnualVol{0.7}, type}).value();
        return convention == DeltaConvention::forward ? g.delta_forward : g.delta_premium_adjusted;
    };
    CHECK_THAT(delta(OptionType::call), WithinRel(-delta(OptionType::put), 1e-14));
}
