#include "vol/surface/implied_term.hpp"

#include <catch2/catch.hpp>

#include "unit/vol/chain.hpp"

using namespace tidemark;
using namespace tidemark::test;
using Catch::Matchers::WithinRel;

namespace {

vol::ImpliedTerm term(double years_to_it, std::optional<double> atm_vol, std::optional<double> rr25 = {}) {
    vol::ImpliedTerm out;
    out.years = YearFraction{years_to_it};
    out.atm_vol = atm_vol;
    if (rr25) out.rr25 = out.bf25 = rr25;
    return out;
}

}  // namespace

TEST_CASE("a flat smile has its volatility at the money, no risk reversal and no butterfly") {
    Chain chain;
    const auto terms = vol::implied_terms(chain.fill().read(), pricing::DeltaConvention::forward);
    REQUIRE(terms.size() == 1);
    CHECK_THAT(terms[0].atm_vol.value(), WithinRel(0.6, 1e-6));
    CHECK(terms[0].whole());
    CHECK(terms[0].rr25 == Approx(0.0).margin(1e-6));
    CHECK(terms[0].bf25 == Approx(0.0).margin(1e-6));
    CHECK_FALSE(terms[0].atm_bid_vol);
}

TEST_CASE("at a horizon total variance is interpolated, and the skew is that of the first whole term there") {
    const std::vector<vol::ImpliedTerm> terms{term(0.1, 0.5, -0.01), term(0.2, {}), term(0.3, 0.7, -0.02),
                                              term(0.4, 0.8)};
    const auto implied = vol::implied_at(terms, YearFraction{0.2});
    REQUIRE(implied);
    CHECK_THAT(implied->annual_vol.value(),
               WithinRel(std::sqrt((0.1 * 0.25 + 0.3 * 0.49) / 2.0 / 0.2), 1e-12));
    CHECK(implied->rr25 == -0.02);
    CHECK(vol::implied_at(terms, YearFraction{0.05})->rr25 == -0.01);
    CHECK(vol::implied_at(terms, YearFraction{0.9})->rr25 == -0.02);  // the last before it
    CHECK(vol::longest_vol(terms) == 0.8);
}

TEST_CASE("without a volatility at the money there is none at a horizon") {
    const std::vector<vol::ImpliedTerm> terms{term(0.1, {})};
    CHECK_FALSE(vol::implied_at(terms, YearFraction{0.1}));
    CHECK_FALSE(vol::implied_at({}, YearFraction{0.1}));
    CHECK(vol::longest_vol(terms) == 0.0);
}
