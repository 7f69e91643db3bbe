#include "pricing/contract.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::pricing;
using Catch::Matchers::WithinRel;

TEST_CASE("an inverse future's gain is Deribit's published row") {
    // Deribit's Portfolio Margin API example (BTC-PERPETUAL, 0.314538364 BTC, moves of 16 % in four buckets).
    struct Case {
        double move, gain_coin;
    };
    const auto c = GENERATE(values<Case>({{-0.16, -0.05991206933333334},
                                          {-0.12, -0.04289159509090909},
                                          {-0.04, -0.013105765166666668},
                                          {0.0, 0.0},
                                          {0.08, 0.023299138074074074},
                                          {0.16, 0.043384601931034494}}));
    const Contract perp{.kind = ContractKind::perp, .payoff = Payoff::inverse};
    const double entry = 65910.57;
    const double gain = 0.314538364 * contract_value(perp, Price{entry * (1.0 + c.move)}, Price{entry}, 0.0);
    CHECK(gain == Approx(c.gain_coin).epsilon(1e-12).margin(1e-17));
}

TEST_CASE("linear contracts settle in the quote asset") {
    const Contract future{.kind = ContractKind::future};
    CHECK(contract_value(future, Price{110}, Price{100}, 0.0) == 10.0);
    CHECK(contract_value(Contract{}, Price{110}, Price{100}, 0.0) == 110.0);
}

TEST_CASE("a coin option is the linear one over the forward") {
    const auto type = GENERATE(OptionType::call, OptionType::put);
    Contract option{ContractKind::option, Payoff::linear, Price{70000}, type};
    const double linear = contract_value(option, Price{64250}, Price{0}, 0.2);
    option.payoff = Payoff::inverse;
    const double coin = contract_value(option, Price{64250}, Price{0}, 0.2);
    CHECK(linear == black76_value(64250, 70000, 0.2, type));
    CHECK_THAT(coin * 64250, WithinRel(linear, 1e-15));
}
