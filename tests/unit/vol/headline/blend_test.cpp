#include "vol/headline/blend.hpp"

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

TEST_CASE("a blend is the root of the weighted mean of variances") {
    const Blend half = *blend(input(0.6), input(0.8), halves);
    CHECK_THAT(half.annual_vol.value(), WithinRel(std::sqrt(0.5), 1e-15));
    CHECK(half.rule == BlendRule::weighted);
    // 3 to 1: (3 x .36 + .64) / 4
    const Blend most = *blend(input(0.6), input(0.8), {0.75, 0.25, 0.0});
    CHECK_THAT(most.annual_vol.value(), WithinRel(std::sqrt(0.43), 1e-15));
    CHECK(most.implied_share == 0.75);
    // Weights need not sum to 1.
    CHECK(blend(input(0.6), input(0.8), {0.3, 0.1, 0.0})->annual_vol.value() ==
          Approx(most.annual_vol.value()).epsilon(1e-15));
}

TEST_CASE("a blend is not below the floor of implied volatility") {
    const Blend floored = *blend(input(0.8), input(0.4), {0.5, 0.5, 0.9});
    CHECK_THAT(floored.annual_vol.value(), WithinRel(0.72, 1e-15));
    CHECK(floored.rule == BlendRule::floored);
    CHECK(blend(input(0.8), input(0.9), {0.5, 0.5, 1.0})->rule == BlendRule::weighted);
}

TEST_CASE("what grows stale or goes missing never lowers a blend") {
    for (const double implied : {0.2, 0.5, 0.9}) {
        for (const double realized : {0.1, 0.5, 1.4}) {
            for (const double floor : {0.0, 0.8, 1.0}) {
                const BlendWeights weights{0.4, 0.6, floor};
                const double fresh = blend(input(implied), input(realized), weights)->annual_vol.value();
                for (const auto& [i, r] : {std::pair{true, false}, {false, true}, {false, false}}) {
                    const Blend stale = *blend(input(implied, i), input(realized, r), weights);
                    CHECK(stale.rule == BlendRule::greater);
                    CHECK(stale.annual_vol.value() >= fresh * (1.0 - 1e-15));
                }
            }
        }
    }
}

TEST_CASE("one alone is the blend; none is none") {
    const Blend implied = *blend(input(0.6, false), {}, halves);
    CHECK(implied.annual_vol.value() == 0.6);
    CHECK(implied.implied_share == 1.0);
    CHECK(implied.rule == BlendRule::alone);
    CHECK(blend({}, input(0.7), halves)->annual_vol.value() == 0.7);
    CHECK_FALSE(blend({}, {}, halves));
}
