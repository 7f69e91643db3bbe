#include "vol/headline/older_marks.hpp"

#include <catch2/catch.hpp>

#include "unit/vol/chain.hpp"
#include "vol/surface/implied_term.hpp"

using namespace tidemark;
using namespace tidemark::test;
using Catch::Matchers::WithinRel;

namespace {

constexpr vol::ChainRules rules{{300'000}, 0.0};
const YearFraction horizon{2.0 / 365.0};

/// Every mark an hour old but for one strike's, which are new.
Chain mostly_old() {
    Chain chain;
    chain.fill([](double strike, pricing::OptionType, market::Quote& q) {
        q.forward_price = forward;
        q.mark_vol = 0.6;
        if (strike != 90'000.0) q.ts.ms -= 3'600'000;
    });
    return chain;
}

}  // namespace

TEST_CASE("marks that have dropped out for their age still tell what they were") {
    const Chain chain = mostly_old();
    CHECK_FALSE(
        vol::implied_at(vol::implied_terms(chain.read(), pricing::DeltaConvention::forward), horizon));
    const vol::OlderMarks older = vol::older_marks(chain.market, chain.underlying(), rules, horizon);
    REQUIRE(older.at_horizon);
    CHECK_THAT(older.at_horizon->value(), WithinRel(0.6, 1e-12));
    CHECK_THAT(older.longest_vol, WithinRel(0.6, 1e-12));
}

TEST_CASE("where the rules let marks of a day in, there are no older ones") {
    const Chain chain = mostly_old();
    const vol::ChainRules wide{{ms_per_day}, 0.0};
    const vol::OlderMarks older = vol::older_marks(chain.market, chain.underlying(), wide, horizon);
    CHECK_FALSE(older.at_horizon);
    CHECK(older.longest_vol == 0.0);
}

TEST_CASE("marks of more than a day ago tell nothing") {
    Chain chain;
    chain.fill([](double strike, pricing::OptionType, market::Quote& q) {
        q.forward_price = forward;
        q.mark_vol = 0.6;
        if (strike != 90'000.0) q.ts.ms -= ms_per_day + 1;
    });
    CHECK_FALSE(vol::older_marks(chain.market, chain.underlying(), rules, horizon).at_horizon);
}
