#include "margin/options/naked_option.hpp"

#include <catch2/catch.hpp>

using namespace tidemark::margin;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using tidemark::pricing::OptionType;

TEST_CASE("coin options, Deribit's standard margin") {
    const CoinOptionParams params{0.15, 0.1, 0.075};
    // BIT help centre, ETH put.
    const auto put = coin_option_requirement(2098, 1850, OptionType::put, 0.0011439466158245947, params);
    CHECK_THAT(put.initial, WithinAbs(0.10114394661582458, 1e-12));
    CHECK_THAT(put.maintenance, WithinAbs(0.07614394661582459, 1e-12));
    const auto at_the_money = coin_option_requirement(2000, 2000, OptionType::call, 0.04, params);
    CHECK_THAT(at_the_money.initial, WithinAbs(0.19, 1e-12));
    CHECK_THAT(at_the_money.maintenance, WithinAbs(0.115, 1e-12));
    // A put worth more than four coins: maintenance follows the mark and initial is no less.
    const auto deep = coin_option_requirement(1000, 6000, OptionType::put, 5.0, params);
    CHECK_THAT(deep.maintenance, WithinAbs(5.375, 1e-12));
    CHECK(deep.initial == deep.maintenance);
}

TEST_CASE("Opyn's naked options, GammaProtocol tests") {
    CHECK_THAT(opyn_naked_put(150, 100, 0.75, 0.1678), WithinRel(16.78, 1e-12));
    CHECK_THAT(opyn_naked_call(1800, 2500, 0.75, 0.1678), WithinRel(0.1678, 1e-12));
    // Deep in the money the part beyond the shock is charged in full.
    CHECK_THAT(opyn_naked_put(100, 100, 0.75, 0.1678), WithinRel(0.1678 * 75 + 25, 1e-12));
    CHECK_THAT(opyn_naked_call(100, 100, 0.75, 0.1678), WithinRel(0.1678 * 0.75 + 0.25, 1e-12));
}
