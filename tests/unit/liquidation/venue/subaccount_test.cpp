#include "liquidation/venue/subaccount.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace tidemark;
using namespace tidemark::liquidation;
using Catch::Matchers::WithinRel;

namespace {

using margin::LiquidityTier;
using margin::QuantumPrice;
using margin::Wide;

constexpr Wide coin = 100'000'000;
constexpr Wide dollar = 1'000'000;
const QuantumPrice btc_price{50'000, -2};  // 1e-8 coin against 1e-6 dollar
const LiquidityTier tier{200'000, 500'000, 0, 0};

std::array<liquidation::QuantumPosition, 1> btc(Wide quantums) {
    return {{{quantums, btc_price, tier}}};
}

}  // namespace

TEST_CASE("bankruptcy uses up the account's collateral and nothing more") {
    // dYdX v4 liquidations_test.go: 0.1 BTC long at 50,000 with 4,501 of debt.
    const auto positions = btc(coin / 10);
    const liquidation::Liquidation account{-4501 * dollar, positions, 0};
    CHECK(liquidation::bankruptcy_quote(account, -coin / 10).value() == 4501 * dollar);
    CHECK(liquidation::bankruptcy_quote(account, -coin / 20).value() == 2'250'500'000);
}

TEST_CASE("what cannot be closed is refused") {
    const auto positions = btc(coin / 10);
    const liquidation::Liquidation account{-4501 * dollar, positions, 0};
    CHECK_FALSE(liquidation::bankruptcy_quote(account, coin / 10));
    CHECK_FALSE(liquidation::bankruptcy_quote(account, -coin));
    CHECK_FALSE(liquidation::bankruptcy_quote(account, 0));
    CHECK_FALSE(liquidation::bankruptcy_quote({0, {}, 0}, -1));
    const auto nothing = btc(0);
    CHECK_FALSE(liquidation::fillable_price({dollar, nothing, 0}, {}));
}

TEST_CASE("the fillable price leaves the oracle price as collateral runs out") {
    const auto positions = btc(coin / 10);
    const liquidation::FillablePriceConfig config{1'000'000, 100'000};
    const auto price = [&](int debt) {
        return liquidation::fillable_price({-debt * dollar, positions, 0}, config).value() * 100.0;
    };
    CHECK_THAT(price(4501), WithinRel(49'999.0, 1e-12));
    CHECK_THAT(price(5500), WithinRel(49'500.0, 1e-12));
    CHECK_THAT(price(4000), WithinRel(50'000.0, 1e-12));
}

TEST_CASE("the insurance fund takes its fee from a surplus only and pays a deficit in full") {
    const auto positions = btc(coin / 10);
    const liquidation::Liquidation account{-5100 * dollar, positions, 0};
    const Wide all = -coin / 10;
    CHECK(liquidation::insurance_fund_delta(account, all, 5610 * dollar, 5'000).value() == 28'050'000);
    CHECK(liquidation::insurance_fund_delta(account, all, 5100 * dollar, 5'000).value() == 0);
    CHECK(liquidation::insurance_fund_delta(account, all, 5000 * dollar, 5'000).value() == -100 * dollar);
}

TEST_CASE("a block closes between the least notional and the portion") {
    const auto limits = liquidation::liquidatable_notional(-50'000, 1'000, 100'000);
    CHECK(limits.least == 1'000);
    CHECK(limits.most == 5'000);
    CHECK(liquidation::liquidatable_notional(500, 1'000, 100'000).most == 500);
}
