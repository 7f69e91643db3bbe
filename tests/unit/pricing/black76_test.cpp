#include "pricing/black76.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

using namespace tidemark;
using namespace tidemark::pricing;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

OptionTerms terms(double forward, double strike, double years, double vol, OptionType type, double df = 1.0) {
    return {Price{forward}, Price{strike}, YearFraction{years}, AnnualVol{vol}, type, df};
}

/// d value / d (what bump changes), by central difference of the values.
template <class Bump>
double slope(const OptionTerms& at, double step, Bump bump) {
    OptionTerms up = at, down = at;
    bump(up, step);
    bump(down, -step);
    return (black76_greeks(up).value().value - black76_greeks(down).value().value) / (2.0 * step);
}

}  // namespace

TEST_CASE("black76_value matches 60 digits, where the textbook form loses them") {
    struct Case {
        double forward, strike, std_dev;
        OptionType type;
        double value;
    };
    // mpmath 1.3, 60 digits, from the doubles given.
    const auto c = GENERATE(values<Case>({
        {100, 300, 0.5 * 0.1414213562373095, OptionType::call, 7.647490835172026e-55},
        {64250, 64500, 0.0008276089127340262, OptionType::call, 1.417476839018851e-05},
        {100, 100, 1e-7, OptionType::put, 3.989422804014325e-06},
        {100, 110, 0.2, OptionType::call, 4.292010941409888},
        {100, 80, 0.3, OptionType::put, 3.5343901031737555},
        {1e-8, 2e-8, 0.7, OptionType::call, 8.084095979364697e-10},
    }));
    INFO(c.forward << " " << c.strike << " " << c.std_dev);
    CHECK_THAT(black76_value(c.forward, c.strike, c.std_dev, c.type), WithinRel(c.value, 2e-13));
}

TEST_CASE("Greeks are the derivatives of the value") {
    const auto type = GENERATE(OptionType::call, OptionType::put);
    const double strike = GENERATE(55000.0, 64250.0, 80000.0);
    const auto at = terms(64250, strike, 0.25, 0.6, type, 0.97);
    const Greeks g = black76_greeks(at).value();
    const auto forward = [](OptionTerms& o, double by) { o.forward = o.forward + Price{by}; };
    const auto vol = [](OptionTerms& o, double by) { o.annual_vol = o.annual_vol + AnnualVol{by}; };
    const auto time = [](OptionTerms& o, double by) { o.years = o.years - YearFraction{by}; };
    CHECK_THAT(g.delta_discounted, WithinRel(slope(at, 1.0, forward), 1e-6));
    CHECK_THAT(g.vega, WithinRel(slope(at, 1e-4, vol), 1e-6));
    CHECK_THAT(g.theta_per_year, WithinRel(slope(at, 1e-5, time), 1e-6));
    const auto second = [&](double Greeks::*first, double step, auto bump) {
        OptionTerms up = at, down = at;
        bump(up, step);
        bump(down, -step);
        return (black76_greeks(up).value().*first - black76_greeks(down).value().*first) / (2.0 * step);
    };
    CHECK_THAT(g.gamma, WithinRel(second(&Greeks::delta_discounted, 1.0, forward), 1e-6));
    CHECK_THAT(g.vanna, WithinRel(second(&Greeks::delta_discounted, 1e-4, vol), 1e-5));
    CHECK_THAT(g.volga, WithinRel(second(&Greeks::vega, 1e-4, vol), 1e-4));
    CHECK_THAT(g.delta_premium_adjusted, WithinAbs(g.delta_forward - g.value / 0.97 / 64250.0, 1e-15));
    CHECK_THAT(inverse_greeks(at).value().delta,
               WithinRel((g.delta_discounted - g.value / 64250.0) / 64250.0, 1e-11));
}

TEST_CASE("value stays in its bounds, keeps parity and rises with vol") {
    std::mt19937_64 random{1};
    std::uniform_real_distribution<double> uniform{0.0, 1.0};
    for (int i = 0; i < 20000; ++i) {
        const double forward = std::exp(20.0 * uniform(random) - 10.0);
        const double strike = forward * std::exp(4.0 * uniform(random) - 2.0);
        const double std_dev = std::exp(12.0 * uniform(random) - 9.0);
        const double call = black76_value(forward, strike, std_dev, OptionType::call);
        const double put = black76_value(forward, strike, std_dev, OptionType::put);
        REQUIRE(std::max(forward - strike, 0.0) <= call);
        REQUIRE(call <= forward);
        REQUIRE(std::max(strike - forward, 0.0) <= put);
        REQUIRE(put <= strike);
        REQUIRE(std::fabs(call - put - (forward - strike)) <= 4e-16 * std::max(forward, strike));
        const double higher = black76_value(forward, strike, std_dev * 1.001, OptionType::call);
        REQUIRE(call <= higher * (1.0 + 2e-15));
    }
}

TEST_CASE("at no deviation the limits from the right") {
    const auto at = [](double forward, double years, double vol) {
        return black76_greeks(terms(forward, 100, years, vol, OptionType::call)).value();
    };
    CHECK(at(110, 0, 0.5).value == 10.0);
    CHECK(at(110, 1, 0).delta_forward == 1.0);
    CHECK(at(90, 0, 0.5).delta_forward == 0.0);
    CHECK(at(90, 1, 0).vega == 0.0);
    CHECK(at(100, 1, 0).delta_forward == 0.5);
    CHECK(at(100, 1, 0).gamma == std::numeric_limits<double>::infinity());
    CHECK_THAT(at(100, 1, 0).vega, WithinRel(at(100, 1, 1e-9).vega, 1e-12));
    CHECK_THAT(at(100, 1, 0).vanna, WithinRel(at(100, 1, 1e-9).vanna, 1e-12));
    CHECK(at(100, 0, 0.5).theta_per_year == -std::numeric_limits<double>::infinity());
    CHECK(black76_value(100, 300, 1e-300, OptionType::call) == 0.0);
    CHECK(black76_value(100, 300, 1e300, OptionType::call) == 100.0);
    CHECK(at(1e300, 1e-300, 1e-10).volga == 0.0);
}

TEST_CASE("what is no option is refused") {
    const double nan = std::nan("");
    const auto bad = GENERATE_COPY(
        values<OptionTerms>({terms(0, 1, 1, 1, OptionType::call), terms(1, -1, 1, 1, OptionType::call),
                             terms(1, 1, -1, 1, OptionType::call), terms(1, 1, 1, -1, OptionType::put),
                             terms(1, 1, 1, nan, OptionType::put), terms(nan, 1, 1, 1, OptionType::put),
                             terms(1, 1, 1, 1, OptionType::put, 0)}));
    CHECK(black76_greeks(bad).error().code == Errc::out_of_domain);
    CHECK(inverse_greeks(bad).error().code == Errc::out_of_domain);
}
