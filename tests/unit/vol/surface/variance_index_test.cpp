#include "vol/surface/variance_index.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/vol/chain.hpp"

using namespace tidemark;
using namespace tidemark::test;
using Catch::Matchers::WithinRel;
using pricing::OptionType;

namespace {

constexpr YearFraction month = years_of(30 * ms_per_day), two_days = years_of(2 * ms_per_day);

}  // namespace

TEST_CASE("the index of a flat smile is its volatility, whichever of two chains is the narrower") {
    Chain chain;
    chain.fill(two_sided, 1'000.0);
    chain.in_coin = false;  // beside it one in money, wide and lower
    chain.fill(
        [](double, OptionType, market::Quote& q) {
            q.bid_price = *q.mark_price * 0.2;
            q.ask_price = *q.mark_price * 1.1;
            q.mark_price.reset();
        },
        5'000.0);
    const vol::ExpiryStrips strips = vol::expiry_strips(chain.read());
    const auto index = vol::variance_index(strips, month, two_days);
    REQUIRE(index);
    CHECK_THAT(index->annual_vol.value(), WithinRel(0.6, 0.002));
    CHECK(index->at_margin == index->annual_vol);  // one expiry: flat
    CHECK(index->horizon == month);
    CHECK_FALSE(index->bracketed);
    REQUIRE(strips[0]);
    CHECK(strips[0]->reach == vol::StripReach::ok);
    CHECK_THAT(strips[0]->annual_vol->value(), WithinRel(index->annual_vol.value(), 1e-15));
    CHECK(vol::variance_index(strips, strips[0]->strip->years, two_days)->bracketed);
}

TEST_CASE("a strip that ends near the money tells how far it reaches and has no volatility") {
    Chain chain;
    chain.fill(
        [](double strike, OptionType type, market::Quote& q) {
            two_sided(strike, type, q);
            if (std::abs(strike - forward) > 8'000.0) q.bid_price = 0.0;
        },
        2'000.0);
    const vol::ExpiryStrips strips = vol::expiry_strips(chain.read());
    REQUIRE(strips[0]);
    CHECK(strips[0]->reach == vol::StripReach::short_wing);
    CHECK(strips[0]->strip->terms.size() == 9);
    CHECK(vol::outer_delta(*strips[0]->strip) > 0.1);
    CHECK_FALSE(strips[0]->annual_vol);
    CHECK_FALSE(vol::variance_index(strips, month, two_days));
}

TEST_CASE("marks alone are no strip, and bids far from the money one that cannot be made") {
    Chain marks, far;
    marks.fill();
    CHECK_FALSE(vol::expiry_strips(marks.read())[0]);
    far.fill([](double strike, OptionType type, market::Quote& q) {
        if (strike > 1.5 * forward && type == OptionType::call) q.bid_price = *q.mark_price * 0.98;
    });
    const vol::ExpiryStrips strips = vol::expiry_strips(far.read());
    REQUIRE(strips[0]);
    CHECK_FALSE(strips[0]->strip);
    CHECK_FALSE(strips[0]->annual_vol);
}
