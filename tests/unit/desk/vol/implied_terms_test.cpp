#include "desk/vol/implied_terms.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/vol/chain.hpp"

using namespace tidemark;
using namespace tidemark::desk;
using namespace tidemark::test;
using Catch::Matchers::WithinRel;
using pricing::OptionType;

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
