#include "vol/headline/headline.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinRel;

namespace {

BlendInput input(double annual_vol, bool fresh = true) {
    return {AnnualVol{annual_vol}, fresh};
}

const BlendWeights halves{0.5, 0.5, 0.0};

}  // namespace

TEST_CASE("without implied and realised volatility there is no headline, whatever older marks say") {
    CHECK_FALSE(headline({{}, {}, AnnualVol{0.9}, halves}));
}

TEST_CASE("the headline says what it is") {
    const auto both = headline({input(0.6), input(0.8), {}, halves});
    CHECK(both->source == HeadlineSource::blend);
    CHECK_THAT(both->annual_vol.value(), WithinRel(std::sqrt(0.5), 1e-15));
    CHECK(both->blend->rule == BlendRule::weighted);

    const auto alone = headline({{}, input(0.8), {}, halves});
    CHECK(alone->source == HeadlineSource::realized);
    CHECK_FALSE(alone->blend);
    CHECK(headline({input(0.6), {}, {}, halves})->source == HeadlineSource::implied);

    const auto stale = headline({input(0.6, false), input(0.8), {}, halves});
    CHECK(stale->source == HeadlineSource::realized);
    CHECK(stale->annual_vol.value() == 0.8);
    CHECK(stale->blend->rule == BlendRule::greater);

    // Weights of 0 and 1 with a floor: the floor is implied volatility.
    const auto floored = headline({input(0.8), input(0.2), {}, {0.0, 1.0, 1.0}});
    CHECK(floored->source == HeadlineSource::implied);
    CHECK(floored->annual_vol.value() == 0.8);
}

TEST_CASE("older marks raise the headline and never lower it") {
    const auto raised = headline({input(0.6), input(0.8), AnnualVol{0.9}, halves});
    CHECK(raised->source == HeadlineSource::older_marks);
    CHECK(raised->annual_vol.value() == 0.9);
    CHECK_FALSE(raised->blend);
    const auto kept = headline({input(0.6), input(0.8), AnnualVol{0.5}, halves});
    CHECK(kept->source == HeadlineSource::blend);
}

TEST_CASE("a forecast stands for its own horizon alone") {
    const std::vector<Foreseen> forecasts{{1.0, 0.5}, {2.0, 0.6}};
    CHECK(foreseen_over(forecasts, 2.0, {1.5, 0.7}).annual_vol == 0.6);
    const Foreseen as_it_is = foreseen_over(forecasts, 3.0, {1.5, 0.7});
    CHECK(as_it_is.annual_vol == 0.7);
    CHECK(as_it_is.horizon_days == 1.5);
}
