#include "vol/realized/realized.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "unit/vol/bars.hpp"
#include "vol/realized/jump_test.hpp"
#include "vol/realized/realized_kernel.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

// All numbers for these eight: Python mpmath 1.2.1, 40 digits, from the formulas in the headers.
const std::vector<double> eight{0.004, -0.003, 0.006, -0.021, 0.002, 0.001, -0.005, 0.003};

std::vector<double> calm_day(std::size_t count) {
    test::Normals normal{3};
    std::vector<double> returns;
    while (returns.size() < count) returns.push_back(0.001 * normal());
    return returns;
}

}  // namespace

TEST_CASE("realised measures of eight returns") {
    CHECK_THAT(vol::realized_variance(eight).value(), WithinRel(0.000541, 1e-14));
    CHECK_THAT(vol::bipower_variation(eight).value(), WithinRel(0.00034557519189487726, 1e-14));
    CHECK_THAT(vol::scaled_bipower_variation(eight).value(),
               WithinRel(0.00034557519189487726 * 8 / 7, 1e-14));
    CHECK_THAT(vol::min_rv(eight).value(), WithinRel(0.00021700999906057543, 1e-14));
    CHECK_THAT(vol::med_rv(eight).value(), WithinRel(0.00019871016228314181, 1e-14));
    CHECK_THAT(vol::realized_quarticity(eight).value(), WithinRel(5.2489866666666667e-7, 1e-14));
    CHECK_THAT(vol::tripower_quarticity(eight).value(), WithinRel(8.9802976527171905e-8, 1e-14));
    const auto parts = vol::realized_semivariance(eight).value();
    CHECK_THAT(parts.down, WithinRel(0.000475, 1e-14));
    CHECK_THAT(parts.up, WithinRel(0.000066, 1e-14));
    CHECK_THAT(parts.signed_jump_variation(), WithinRel(-0.000409, 1e-13));
    CHECK_THAT(vol::annual_vol_of_days(0.04, 4.0).value(), WithinRel(std::sqrt(3.65), 1e-14));
}

TEST_CASE("jump tests of eight returns") {
    const auto ratio = vol::jump_test_ratio(eight).value();
    CHECK_THAT(ratio.z, WithinRel(1.3092452393663583, 1e-13));
    CHECK_THAT(ratio.p_one_sided.value(), WithinRel(0.095225646234026282, 1e-12));
    CHECK_THAT(vol::jump_test_linear(eight).value().z, WithinRel(2.3635941298011912, 1e-13));
    CHECK_THAT(vol::jump_test_log(eight).value().z, WithinRel(1.624497972248506, 1e-13));
    CHECK_THAT(vol::jump_share(eight).value().variance, WithinRel(0.000541 - 0.00034557519189487726, 1e-13));
}

TEST_CASE("a jump is found in a day that has one and not in one that has none") {
    auto day = calm_day(288);
    CHECK(std::abs(vol::jump_test_ratio(day).value().z) < 3.0);
    const double without = vol::med_rv(day).value();
    day[100] += 0.03;
    CHECK(vol::jump_test_ratio(day).value().z > 5.0);
    CHECK(vol::jump_share(day).value().share.value() > 0.5);
    CHECK_THAT(vol::med_rv(day).value(), WithinRel(without, 0.1));
}

TEST_CASE("a still day has no jump test, and no share") {
    const std::vector<double> still(10, 0.0);
    CHECK(vol::jump_test_ratio(still).error().code == Errc::out_of_domain);
    CHECK(vol::jump_share(still).value().share == Rate{0.0});
    CHECK(vol::realized_variance(still).value() == 0.0);
    CHECK(vol::kernel_lags(still, 2).value() == 0);
}

TEST_CASE("kernels and two scales of eight returns") {
    CHECK_THAT(vol::realized_kernel(eight, 3).value(), WithinRel(0.0002676875, 1e-13));
    CHECK_THAT(vol::flat_top_kernel(eight, 3).value(), WithinRel(0.00019188888888888889, 1e-13));
    CHECK_THAT(vol::two_scale_variance(eight, 3).value(), WithinRel(0.0002026, 1e-13));
    CHECK(vol::realized_kernel(eight, 0).value() == vol::realized_variance(eight).value());
    CHECK(vol::subsampled_variance(eight, 1).value() == vol::realized_variance(eight).value());
}

TEST_CASE("parzen_weight falls from 1 to 0 without a step") {
    CHECK(vol::parzen_weight(0.0) == 1.0);
    CHECK(vol::parzen_weight(0.5) == 0.25);
    CHECK_THAT(vol::parzen_weight(0.5 + 1e-9), WithinAbs(0.25, 1e-8));
    CHECK(vol::parzen_weight(1.0) == 0.0);
    CHECK(vol::parzen_weight(7.0) == 0.0);
}

TEST_CASE("the kernel takes the bounce out of a noisy day, and is never negative") {
    auto prices = calm_day(2000);
    const double clean = vol::realized_variance(prices).value();
    test::Normals bounce{5};
    double before = 0.0;
    for (double& r : prices) {
        const double now = 0.002 * bounce();
        r += now - before;
        before = now;
    }
    CHECK(vol::realized_variance(prices).value() > 5.0 * clean);
    const auto lags = vol::kernel_lags(prices, 40).value();
    CHECK(lags > 10);
    CHECK_THAT(vol::realized_kernel(prices, lags).value(), WithinRel(clean, 0.4));
    const std::vector<double> alternating{0.01, -0.01, 0.01, -0.01, 0.01};
    for (std::size_t lags_used = 0; lags_used < 5; ++lags_used) {
        CHECK(vol::realized_kernel(alternating, lags_used).value() >= 0.0);
    }
}

TEST_CASE("end_averaged_returns replaces both ends by means") {
    const std::vector<double> prices{99, 101, 103, 104, 106};
    const auto returns = vol::end_averaged_returns(prices, 2).value();
    REQUIRE(returns.size() == 2);
    CHECK_THAT(returns[0], WithinRel(std::log(1.03), 1e-14));
    CHECK_THAT(returns[1], WithinRel(std::log(105.0 / 103.0), 1e-14));
    CHECK_FALSE(vol::end_averaged_returns(prices, 3));
    CHECK_FALSE(vol::end_averaged_returns(prices, 0));
    CHECK_FALSE(vol::end_averaged_returns(std::vector<double>{1, 0, 1}, 1));
}

TEST_CASE("too few returns, or one that is none, are refused") {
    const std::vector<double> two{0.1, 0.2}, bad{0.1, std::numeric_limits<double>::quiet_NaN(), 0.1};
    CHECK(vol::realized_variance({}).error().code == Errc::not_enough_data);
    CHECK(vol::bipower_variation(std::span{two}.first(1)).error().code == Errc::not_enough_data);
    CHECK(vol::med_rv(two).error().code == Errc::not_enough_data);
    CHECK(vol::tripower_quarticity(two).error().code == Errc::not_enough_data);
    CHECK(vol::realized_kernel(two, 2).error().code == Errc::not_enough_data);
    CHECK(vol::two_scale_variance(two, 3).error().code == Errc::not_enough_data);
    CHECK(vol::two_scale_variance(two, 1).error().code == Errc::out_of_range);
    CHECK(vol::realized_variance(bad).error().code == Errc::out_of_range);
    CHECK(vol::jump_test_log(bad).error().code == Errc::out_of_range);
}
