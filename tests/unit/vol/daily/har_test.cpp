#include "vol/daily/har.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "stats/optimise/least_squares.hpp"
#include "unit/vol/bars.hpp"

using namespace tidemark;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

std::vector<double> variances(std::size_t count) {
    test::Normals normal{21};
    std::vector<double> rv;
    double level = 0.0;
    while (rv.size() < count) {
        level = 0.95 * level + 0.2 * normal();
        rv.push_back(std::exp(level + 0.3 * normal()));
    }
    return rv;
}

}  // namespace

TEST_CASE("least_squares on Longley's employment data gives NIST's certified values") {
    // NIST StRD, data set Longley: the hard one, 9 digits of conditioning lost.
    const std::vector<double> y{60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761,
                                66019, 67857, 68169, 66513, 68655, 69564, 69331, 70551};
    const double x[16][6] = {
        {83.0, 234289, 2356, 1590, 107608, 1947},  {88.5, 259426, 2325, 1456, 108632, 1948},
        {88.2, 258054, 3682, 1616, 109773, 1949},  {89.5, 284599, 3351, 1650, 110929, 1950},
        {96.2, 328975, 2099, 3099, 112075, 1951},  {98.1, 346999, 1932, 3594, 113270, 1952},
        {99.0, 365385, 1870, 3547, 115094, 1953},  {100.0, 363112, 3578, 3350, 116219, 1954},
        {101.2, 397469, 2904, 3048, 117388, 1955}, {104.6, 419180, 2822, 2857, 118734, 1956},
        {108.4, 442769, 2936, 2798, 120445, 1957}, {110.8, 444546, 4681, 2637, 121950, 1958},
        {112.6, 482704, 3813, 2552, 123366, 1959}, {114.2, 502601, 3931, 2514, 125368, 1960},
        {115.7, 518173, 4806, 2572, 127852, 1961}, {116.9, 554894, 4007, 2827, 130081, 1962}};
    stats::Design design{{}, 7};
    for (const auto& row : x) {
        design.values.push_back(1.0);
        design.values.insert(design.values.end(), std::begin(row), std::end(row));
    }
    const auto fit = stats::least_squares(design, y).value();
    const double b[] = {-3482258.63459582, 15.0618722713733,       -0.358191792925910E-01, -2.02022980381683,
                        -1.03322686717359, -0.511041056535807E-01, 1829.15146461355};
    const double se[] = {890420.383607373,  84.9149257747669,  0.334910077722432E-01, 0.488399681651699,
                         0.214274163161675, 0.226073200069370, 455.478499142212};
    for (std::size_t i = 0; i < 7; ++i) {
        CHECK_THAT(fit.coefficients[i], WithinRel(b[i], 1e-8));
        CHECK_THAT(fit.standard_errors[i], WithinRel(se[i], 1e-8));
    }
    CHECK_THAT(fit.r_squared, WithinRel(0.995479004577296, 1e-10));
    CHECK_THAT(std::sqrt(fit.residual_variance), WithinRel(304.854073561965, 1e-9));
}

TEST_CASE("Newey and West without lags is White") {
    const stats::Design design{{1, 1, 1, 2, 1, 3, 1, 5}, 2};
    const std::vector<double> residuals{0.5, -1.0, 0.25, 0.25};
    // (X'X)^-1 X' diag(e^2) X (X'X)^-1 by hand: X'X = [4 11; 11 39].
    const double d = 4.0 * 39.0 - 121.0;
    double meat[3] = {};
    for (std::size_t i = 0; i < 4; ++i) {
        const double e2 = residuals[i] * residuals[i], x = design.row(i)[1];
        meat[0] += e2;
        meat[1] += e2 * x;
        meat[2] += e2 * x * x;
    }
    const double first = (39 * 39 * meat[0] - 2 * 39 * 11 * meat[1] + 121 * meat[2]) / (d * d);
    const double second = (121 * meat[0] - 2 * 11 * 4 * meat[1] + 16 * meat[2]) / (d * d);
    const auto errors = stats::newey_west_errors(design, residuals, 0).value();
    CHECK_THAT(errors[0], WithinRel(std::sqrt(first), 1e-12));
    CHECK_THAT(errors[1], WithinRel(std::sqrt(second), 1e-12));
}

TEST_CASE("har recovers a heterogeneous autoregression without noise") {
    std::vector<double> rv;
    rv.reserve(82);
    test::Normals normal{2};
    for (int i = 0; i < 22; ++i) rv.push_back(1.0 + 0.5 * std::abs(normal()));
    const auto mean = [&](std::size_t w) {
        double sum = 0.0;
        for (std::size_t i = rv.size() - w; i < rv.size(); ++i) sum += rv[i];
        return sum / static_cast<double>(w);
    };
    const auto next = [&] { return 0.1 + 0.4 * mean(1) + 0.3 * mean(5) + 0.2 * mean(22); };
    for (int i = 0; i < 60; ++i) rv.push_back(next());
    const auto fit = vol::har({rv, {}, {}, {}}).value();
    const double want[] = {0.1, 0.4, 0.3, 0.2};
    for (std::size_t i = 0; i < 4; ++i) CHECK_THAT(fit.ols.coefficients[i], WithinAbs(want[i], 1e-8));
    CHECK_THAT(fit.forecast, WithinRel(next(), 1e-10));
}

TEST_CASE("har does not depend on the unit of variance, on any scale") {
    const auto scale = GENERATE(vol::HarScale::level, vol::HarScale::sqrt, vol::HarScale::log);
    const auto rv = variances(400);
    auto small = rv;
    for (double& v : small) v *= 1e-6;
    const auto spec = vol::har_crypto(scale);
    CHECK_THAT(vol::har({small, {}, {}, {}}, spec).value().forecast,
               WithinRel(1e-6 * vol::har({rv, {}, {}, {}}, spec).value().forecast, 1e-9));
}

TEST_CASE("har takes semivariances and jumps, and a longer horizon") {
    const auto rv = variances(300);
    std::vector<double> down, up, jump;
    test::Normals normal{4};
    for (const double v : rv) {
        const double share = 1.0 / (1.0 + std::exp(normal()));
        down.push_back(v * share);
        up.push_back(v - v * share);
        jump.push_back(v * 0.1 * share * share);
    }
    const auto fit = vol::har({rv, down, up, jump}, {{1, 7, 30}, vol::HarScale::sqrt, 5}).value();
    CHECK(fit.ols.coefficients.size() == 6);  // constant, down, up, 7, 30, jump
    CHECK(fit.rows == 300 - 30 - 4);
    CHECK(fit.forecast > 0.0);
}

TEST_CASE("the forecast is floored at the smallest variance seen") {
    auto rv = variances(200);
    rv.back() = 40.0;  // a crash regressed on with a negative slope would forecast below 0
    for (std::size_t i = 1; i < rv.size() - 1; i += 2) rv[i] = 10.0;
    for (std::size_t i = 0; i < rv.size() - 1; i += 2) rv[i] = 0.5;
    rv[4] = 0.4;
    CHECK(vol::har({rv, {}, {}, {}}, {{1}, vol::HarScale::level, 1}).value().forecast == 0.4);
}

TEST_CASE("har refuses what makes no sense") {
    const auto rv = variances(100);
    const std::vector<double> some(99, 1.0), zeros(100, 0.0), bad(100, -1.0);
    CHECK(vol::har({std::span{rv}.first(24), {}, {}, {}}).error().code == Errc::not_enough_data);
    CHECK(vol::har({std::span{rv}.first(5), {}, {}, {}}).error().code == Errc::not_enough_data);
    CHECK(vol::har({rv, {}, {}, some}).error().code == Errc::out_of_range);
    CHECK(vol::har({rv, rv, {}, {}}).error().code == Errc::out_of_range);
    CHECK(vol::har({bad, {}, {}, {}}).error().code == Errc::out_of_range);
    CHECK(vol::har({zeros, {}, {}, {}}, {{1}, vol::HarScale::log, 1}).error().code == Errc::out_of_range);
    CHECK(vol::har({zeros, {}, {}, {}}).error().code == Errc::out_of_domain);
    CHECK(vol::har({rv, {}, {}, {}}, {{0}, vol::HarScale::level, 1}).error().code == Errc::out_of_range);
}
