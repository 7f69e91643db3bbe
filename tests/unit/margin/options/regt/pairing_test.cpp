#include "margin/options/regt/pairing.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "margin/options/regt/pairing_match.hpp"

using namespace tidemark;
using namespace tidemark::margin;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using pricing::OptionType;

namespace {

constexpr auto call = OptionType::call;
constexpr auto put = OptionType::put;

const StrategyParams cboe{.narrow_rate = 0.2,
                          .broad_rate = 0.15,
                          .least_rate = 0.1,
                          .long_term_rate = 0.75,
                          .long_term_days = 90,
                          .long_share_rate = 0.5,
                          .short_share_rate = 1.5,
                          .contract_size = 100};

StrategyPairing pairing(double underlying, const std::vector<StrategyLeg>& legs, Shares shares = {}) {
    return cheapest_pairing(legs, shares, {underlying, 1.0, false}, cboe).value();
}

double margin_of(double underlying, const std::vector<StrategyLeg>& legs, Shares shares = {}) {
    return pairing(underlying, legs, shares).requirement;
}

}  // namespace

TEST_CASE("examples of the Cboe Margin Manual") {
    CHECK_THAT(margin_of(95, {{put, 80, 2, -1, 30}}), WithinAbs(1000, 1e-9));
    CHECK_THAT(margin_of(128.5, {{call, 125, 3.8, 1, 30}, {call, 120, 8.4, -1, 30}}), WithinAbs(40, 1e-9));
    CHECK_THAT(margin_of(1060, {{put, 1000, 32, 1, 30},
                                {put, 1025, 35.1, -1, 30},
                                {call, 1175, 6.3, 1, 30},
                                {call, 1150, 9.4, -1, 30}}),
               WithinAbs(1880, 1e-9));
    CHECK_THAT(margin_of(550, {{call, 545, 12.4, 1, 0}, {call, 550, 8.8, -2, 0}, {call, 565, 2, 1, 0}}),
               WithinAbs(680, 1e-9));
    CHECK_THAT(margin_of(95, {{call, 90, 7, -1, 0}}, {100, 92.38}), WithinAbs(4619, 1e-9));
    CHECK_THAT(margin_of(253, {{put, 250, 3, -1, 0}}, {-100, 255}), WithinAbs(38'250, 1e-9));
}

TEST_CASE("a requirement is to the cent, halves to even") {
    // 12.85 + 15 % of 378.5 = 69.625, printed 6,962.
    const StrategyLeg short_call{call, 370, 12.85, -1, 0};
    CHECK_THAT(short_option_requirement(short_call, {378.5, 1, true}, cboe), WithinAbs(69.62, 1e-12));
    CHECK_THAT(long_option_requirement({put, 50, 1.35, 1, 90}, cboe), WithinAbs(1.01, 1e-12));
    CHECK(long_option_requirement({put, 50, 1.35, 1, 89}, cboe) == 1.35);
}

TEST_CASE("a long that expires first does not limit a short") {
    const std::vector<StrategyLeg> early{{call, 70, 5, 1, 0}, {call, 70, 8, -1, 30}};
    const std::vector<StrategyLeg> late{{call, 70, 8, 1, 30}, {call, 70, 5, -1, 0}};
    CHECK_THAT(margin_of(75, early), WithinAbs(2800, 1e-9));
    CHECK_THAT(margin_of(75, late), WithinAbs(300, 1e-9));
    CHECK(pairing(75, early).limited == std::vector<double>{0, 0});
}

TEST_CASE("shares cover the short that saves the most, a collar adds the put's price") {
    const std::vector<StrategyLeg> straddle{{call, 100, 4, -1, 30}, {put, 100, 3, -1, 30}};
    CHECK_THAT(margin_of(100, straddle), WithinAbs(2700, 1e-9));  // 24 of the call, 3 of the put
    CHECK_THAT(margin_of(100, straddle, {100, 100}), WithinAbs(5000 + 2300, 1e-9));
    CHECK_THAT(margin_of(100, {{call, 110, 2, -1, 30}, {put, 90, 1.5, 1, 30}}, {100, 100}),
               WithinAbs(5000 + 150, 1e-9));
}

TEST_CASE("limits: nothing held, and numbers that are none") {
    CHECK(margin_of(100, {}) == 0.0);
    CHECK_FALSE(
        cheapest_pairing(std::vector<StrategyLeg>{{call, 100, NAN, 1, 0}}, {}, {100, 1, false}, cboe));
    CHECK_FALSE(cheapest_pairing(std::vector<StrategyLeg>{{call, 100, -1, 1, 0}}, {}, {100, 1, false}, cboe));
}

namespace {

/// Splits unit contracts into named strategies, one after another, in every way there is: alone, spread with
/// a long of the same type that lives as long, butterfly or condor of two spreads, straddle.
double slow_cheapest(double underlying, std::vector<StrategyLeg> units, double so_far = 0.0) {
    if (units.empty()) return so_far;
    const StrategyLeg first = units.back();
    units.pop_back();
    const auto alone = [&](const StrategyLeg& leg) {
        return leg.qty < 0 ? short_option_requirement(leg, {underlying, 1, false}, cboe)
                           : long_option_requirement(leg, cboe);
    };
    double best = slow_cheapest(underlying, units, so_far + alone(first));
    const auto without = [&](std::vector<std::size_t> taken) {
        std::vector<StrategyLeg> rest;
        for (std::size_t i = 0; i < units.size(); ++i)
            if (std::find(taken.begin(), taken.end(), i) == taken.end()) rest.push_back(units[i]);
        return rest;
    };
    const auto set_of = [&](const std::vector<StrategyLeg>& legs) {
        const std::vector<double> one(legs.size(), 1.0);
        return limited_risk(legs, one) ? spread_requirement(legs, one)
                                       : std::numeric_limits<double>::infinity();
    };
    for (std::size_t i = 0; i < units.size(); ++i) {
        best = std::min(best, slow_cheapest(underlying, without({i}), so_far + set_of({first, units[i]})));
        if (first.qty < 0 && units[i].qty < 0 && first.type != units[i].type) {
            const double a = alone(first), b = alone(units[i]);
            best = std::min(best, slow_cheapest(underlying, without({i}),
                                                so_far + (a > b ? a + units[i].price : b + first.price)));
        }
        for (std::size_t j = 0; j < i; ++j)
            for (std::size_t k = 0; k < j; ++k)
                best = std::min(best, slow_cheapest(underlying, without({i, j, k}),
                                                    so_far + set_of({first, units[i], units[j], units[k]})));
    }
    return best;
}

std::vector<StrategyLeg> random_legs(std::mt19937_64& random, int count) {
    std::vector<StrategyLeg> legs;
    std::uniform_int_distribution<int> strike{16, 24}, coin{0, 1}, cents{1, 1500};
    for (int i = 0; i < count; ++i)
        legs.push_back({coin(random) ? call : put, 5.0 * strike(random), cents(random) / 100.0,
                        coin(random) ? 1.0 : -1.0, coin(random) ? 30.0 : 60.0});
    return legs;
}

}  // namespace

TEST_CASE("the search finds what trying every set of named strategies finds") {
    std::mt19937_64 random{20240817};
    for (int round = 0; round < 60; ++round) {
        const auto legs = random_legs(random, 5);
        CHECK_THAT(margin_of(100, legs), WithinAbs(100.0 * slow_cheapest(100, legs), 1e-6));
    }
}

TEST_CASE("requirements scale with size, ignore order, and never exceed the legs one by one") {
    std::mt19937_64 random{99};
    for (int round = 0; round < 40; ++round) {
        auto legs = random_legs(random, 6);
        const double once = margin_of(100, legs);
        double apart = 0.0;
        for (const StrategyLeg& leg : legs) apart += margin_of(100, {leg});
        CHECK(once <= apart + 1e-9);
        std::shuffle(legs.begin(), legs.end(), random);
        CHECK_THAT(margin_of(100, legs), WithinRel(once, 1e-9));
        for (StrategyLeg& leg : legs) leg.qty *= 8.0;
        CHECK_THAT(margin_of(100, legs), WithinRel(8.0 * once, 1e-9));
    }
}

TEST_CASE("a book too large to try every split still gets a valid pairing close to the cheapest") {
    std::mt19937_64 random{7};
    for (int round = 0; round < 20; ++round) {
        auto legs = random_legs(random, 8);
        const StrategyPairing exact = pairing(100, legs);
        for (StrategyLeg& leg : legs) leg.qty *= 1000.0;
        legs.front().qty *= 1.001;  // no common divisor left to speak of
        const StrategyPairing searched = pairing(100, legs);
        REQUIRE(exact.exhaustive);
        REQUIRE_FALSE(searched.exhaustive);
        CHECK(limited_risk(legs, searched.limited));
        CHECK(searched.requirement >= 1000.0 * exact.requirement * 0.998);
        CHECK(searched.requirement <= 1000.0 * exact.requirement * 1.002);
    }
}

TEST_CASE("the largest saving is that of the best assignment") {
    std::mt19937_64 random{5};
    std::uniform_real_distribution<double> saving{0.0, 10.0};
    for (int round = 0; round < 100; ++round) {
        MatchTable table{std::vector<double>(5, 1.0), std::vector<double>(5, 1.0), {}};
        for (int i = 0; i < 25; ++i) table.saving.push_back(saving(random));
        std::vector<std::size_t> order(5);
        std::iota(order.begin(), order.end(), std::size_t{0});
        double best = 0.0;
        do {
            double sum = 0.0;
            for (std::size_t i = 0; i < 5; ++i) sum += table.saving[i * 5 + order[i]];
            best = std::max(best, sum);
        } while (std::next_permutation(order.begin(), order.end()));
        CHECK_THAT(largest_saving(table), WithinRel(best, 1e-12));
    }
    CHECK(largest_saving({{}, {}, {}}) == 0.0);
    CHECK(largest_saving({{2.0}, {0.5}, {3.0}}) == 1.5);
}
