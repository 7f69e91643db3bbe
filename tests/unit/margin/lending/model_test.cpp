#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "margin/lending/health_factor.hpp"
#include "margin/lending/weighted_health.hpp"

using namespace tidemark::margin;
using Catch::Matchers::WithinAbs;

TEST_CASE("Aave: health factor and how much may be repaid") {
    const std::vector<LentCollateral> collateral{{10'000, 0.8}};
    CHECK_THAT(health_factor(collateral, 6000), WithinAbs(1.3333, 5e-5));
    CHECK(std::isinf(health_factor(collateral, 0)));
    const CloseFactor rule;
    CHECK(close_factor(rule, 1.0, 1e6) == 0.0);
    CHECK(close_factor(rule, 0.99, 1e6) == 0.5);
    CHECK(close_factor(rule, 0.95, 1e6) == 1.0);
    CHECK(close_factor(rule, 0.99, 1999) == 1.0);
    CHECK_THAT(max_debt(10'000, 1.1), WithinAbs(9090.9, 1e-1));
    CHECK(bounded_change(1e6, 0.5).low == 5e5);
    CHECK(bounded_change(1e6, 0.5).high == 1.5e6);
}

namespace {

const std::vector<HealthToken> three_tokens{{0, 1, 0.8, 1.2}, {0, 5, 0.5, 1.5}, {0, 10, 0.5, 1.5}};

double health_of(std::vector<double> balances, std::vector<HealthPerp> perps,
                 std::vector<ReservedOrders> orders) {
    HealthAccount account{three_tokens, std::move(perps), std::move(orders)};
    for (std::size_t i = 0; i < balances.size(); ++i) account.tokens[i].balance = balances[i];
    return weighted_health(account);
}

}  // namespace

TEST_CASE("Mango health of test_health1") {
    const HealthPerp perp{0, 3, 7, 11, -131, 50, 0.8, 1.2, 0.95};
    CHECK_THAT(health_of({100, -10, 0}, {perp}, {{1, 0, 15, 20}}), WithinAbs(16.2, 1e-9));
    CHECK_THAT(health_of({0, 0, 0}, {{0, 1, 0, 0, -100, 50, 0.8, 1.2, 0.95}}, {}), WithinAbs(-72, 1e-9));
    CHECK_THAT(health_of({0, 0, 0}, {{0, 30, 0, 0, -100, 50, 0.8, 1.2, 0.95}}, {}), WithinAbs(836, 1e-9));
    CHECK_THAT(health_of({-14, -10, -10}, {}, {{1, 0, 1, 1}, {2, 0, 1, 1}}), WithinAbs(-223.8, 1e-9));
    CHECK_THAT(health_of({100, 100, 100}, {}, {{1, 0, 100, 0}, {2, 0, 100, 0}}), WithinAbs(1580, 1e-9));
}

TEST_CASE("an open order never makes an account healthier than both of its outcomes") {
    const double balance = GENERATE(-50.0, 0.0, 50.0);
    const double reserved = GENERATE(1.0, 30.0);
    const double with_order = health_of({balance, 5, 0}, {}, {{1, 0, 0, reserved}});
    const double unfilled = health_of({balance + reserved, 5, 0}, {}, {});
    const double filled = health_of({balance, 5 + reserved / 5, 0}, {}, {});
    CHECK(with_order <= std::min(unfilled, filled) + 1e-12);
}

TEST_CASE("weights are scaled beyond a limit, continuously") {
    CHECK(scaled_by_deposits(0.8, 999, 1000) == 0.8);
    CHECK(scaled_by_deposits(0.8, 2000, 1000) == 0.4);
    CHECK(scaled_by_borrows(1.5, 7500, 5000) == 2.25);
    CHECK(scaled_by_borrows(1.5, 5000, 5000) == 1.5);
    CHECK(scaled_by_deposits(0.8, 1e9, 0) == 0.8);
}
