#include "desk/vol/implied_terms.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "desk/vol/model_free_record.hpp"
#include "unit/vol/chain.hpp"

using namespace tidemark;
using namespace tidemark::desk;
using namespace tidemark::test;
using Catch::Matchers::WithinRel;
using pricing::OptionType;

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
    const auto read = chain.read();
    std::vector<record::VolTerm> terms(1);
    const auto index = put_model_free(terms, read, {});
    REQUIRE(index);
    CHECK_THAT(index->annual_vol, WithinRel(0.6, 0.002));
    CHECK(index->horizon_days == 30.0);
    CHECK_FALSE(index->bracketed);
    REQUIRE(terms[0].model_free);
    CHECK(terms[0].model_free->status == record::StripStatus::ok);
    CHECK(terms[0].model_free->annual_vol == index->annual_vol);
}

TEST_CASE("a strip that ends near the money has a status and no figure") {
    Chain chain;
    chain.fill(
        [](double strike, OptionType type, market::Quote& q) {
            two_sided(strike, type, q);
            if (std::abs(strike - forward) > 8'000.0) q.bid_price = 0.0;
        },
        2'000.0);
    const auto read = chain.read();
    std::vector<record::VolTerm> terms(1);
    CHECK_FALSE(put_model_free(terms, read, {}));
    REQUIRE(terms[0].model_free);
    CHECK(terms[0].model_free->status == record::StripStatus::short_wing);
    CHECK(terms[0].model_free->strikes == 9);
    CHECK(*terms[0].model_free->outer_delta > 0.1);
    CHECK_FALSE(terms[0].model_free->annual_vol);
}

TEST_CASE("the delta convention is named where it is not the forward's") {
    Chain chain;
    VolOptions options;
    const auto terms = [&] { return implied_terms(chain.market, chain.underlying(), options); };
    chain.fill([](double strike, OptionType, market::Quote& q) {
        q.mark_vol = 0.6 - 0.2 * std::log(strike / forward);
    });
    const auto plain = terms();
    options.delta = "premium-adjusted";
    const auto adjusted = terms();
    REQUIRE(plain.at_horizon);
    CHECK_FALSE(plain.at_horizon->delta_convention);
    CHECK(adjusted.at_horizon->delta_convention == record::DeltaConvention::premium_adjusted);
    CHECK(*adjusted.at_horizon->rr25 != *plain.at_horizon->rr25);
    CHECK(*adjusted.at_horizon->rr25 < 0.0);
    CHECK(plain.at_horizon->annual_vol == adjusted.at_horizon->annual_vol);
}
