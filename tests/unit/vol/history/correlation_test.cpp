#include "vol/history/correlation.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "unit/vol/bars.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

SynchronousReturns rows(std::size_t series, std::vector<double> values) {
    return {std::move(values), series, 0};
}

SynchronousReturns repeated(const SynchronousReturns& once, int times) {
    SynchronousReturns out{{}, once.series, 0};
    for (int i = 0; i < times; ++i)
        out.values.insert(out.values.end(), once.values.begin(), once.values.end());
    return out;
}

SynchronousReturns random_rows(std::size_t series, std::size_t count, double common, std::uint64_t seed) {
    test::Normals normal{seed};
    SynchronousReturns out{{}, series, 0};
    for (std::size_t t = 0; t < count; ++t) {
        const double market = common * normal();
        for (std::size_t j = 0; j < series; ++j) out.values.push_back(0.01 * (market + normal()));
    }
    return out;
}

/// Cholesky's pivots are the squares of the diagonal of its factor: all positive where and only where the
/// matrix is positive definite.
bool positive_definite(std::vector<double> a, std::size_t n) {
    for (std::size_t k = 0; k < n; ++k) {
        if (!(a[k * n + k] > 0.0)) return false;
        for (std::size_t i = k + 1; i < n; ++i) {
            for (std::size_t j = k + 1; j < n; ++j)
                a[i * n + j] -= a[i * n + k] * a[k * n + j] / a[k * n + k];
        }
    }
    return true;
}

SynchronousReturns common(const std::vector<std::vector<TimedReturn>>& series) {
    std::vector<NextReturn> sources;
    for (const auto& one : series) {
        sources.emplace_back([&one, i = std::size_t{0}]() mutable {
            return i < one.size() ? std::optional{one[i++]} : std::nullopt;
        });
    }
    return synchronous_returns(std::move(sources), 8);
}

Errc refusal(const SynchronousReturns& returns, double decay = 1.0) {
    return shrunk_correlation(returns, decay).error().code;
}

}  // namespace

TEST_CASE("the shrinkage is that of Ledoit and Wolf") {
    // By hand: correlation 1/2, |C - I|^2 = 1/2, sum |z z' - C|^2 = 6 for each three rows, so of four copies
    // the noise is 24/144 and the shrinkage 1/3.
    const auto once = rows(2, {-1, -1, 0, 1, 1, 0});
    const auto four = shrunk_correlation(repeated(once, 4)).value();
    CHECK_THAT(four.shrinkage, WithinRel(1.0 / 3.0, 1e-13));
    CHECK_THAT(four.matrix[1], WithinRel(1.0 / 3.0, 1e-13));
    // One copy: noise 6/9 exceeds 1/2, so nothing is left of the sample.
    const auto one = shrunk_correlation(once).value();
    CHECK(one.shrinkage == 1.0);
    CHECK(one.matrix == std::vector<double>{1, 0, 0, 1});
}

TEST_CASE("with many returns the sample correlation is left alone") {
    const auto returns = random_rows(3, 50000, 2.0, 7);
    const auto found = shrunk_correlation(returns).value();
    CHECK(found.shrinkage < 1e-3);
    // Market variance 4 and own variance 1 make 4/5; its standard error is 0.36/sqrt(50000).
    CHECK_THAT(found.matrix[1], WithinAbs(0.8, 0.01));
    CHECK_THAT(found.matrix[5], WithinAbs(0.8, 0.01));
}

TEST_CASE("unrelated series shrink nearly all the way") {
    CHECK(shrunk_correlation(random_rows(20, 40, 0.0, 3)).value().shrinkage > 0.7);
}

TEST_CASE("the matrix is positive definite, symmetric, with ones on the diagonal") {
    const std::size_t n = GENERATE(2U, 3U, 10U, 40U);
    const std::size_t count = GENERATE(2U, 3U, 30U);
    const double decay = GENERATE(1.0, 0.9);
    const auto found = shrunk_correlation(random_rows(n, count, 3.0, n * 100 + count), decay).value();
    CHECK(positive_definite(found.matrix, n));
    for (std::size_t i = 0; i < n; ++i) {
        CHECK(found.matrix[i * n + i] == 1.0);
        for (std::size_t j = 0; j < i; ++j) CHECK(found.matrix[i * n + j] == found.matrix[j * n + i]);
    }
}

TEST_CASE("two copies of a series, one turned round, and one that stands still") {
    test::Normals normal{11};
    SynchronousReturns returns{{}, 4, 0};
    for (int t = 0; t < 500; ++t) {
        const double r = t % 2 == 0 ? 0.01 : -0.01;
        returns.values.insert(returns.values.end(), {r, 3.0 * r, -r, 0.0});
    }
    const auto found = shrunk_correlation(returns).value();
    CHECK(found.shrinkage >= correlation_min_shrinkage);
    CHECK(found.matrix[1] > 0.99);
    CHECK(found.matrix[2] < -0.99);
    CHECK(found.matrix[3] == 0.0);
    CHECK(positive_definite(found.matrix, 4));
}

TEST_CASE("units and means do not matter") {
    const auto returns = random_rows(3, 100, 1.0, 5);
    auto moved = returns;
    for (std::size_t i = 0; i < moved.values.size(); i += 3) moved.values[i] = 64.0 * moved.values[i] + 0.5;
    const auto a = shrunk_correlation(returns).value();
    const auto b = shrunk_correlation(moved).value();
    for (std::size_t i = 0; i < 9; ++i) CHECK_THAT(b.matrix[i], WithinAbs(a.matrix[i], 1e-12));
}

TEST_CASE("decay forgets the older half") {
    auto returns = random_rows(2, 400, 0.0, 9);
    for (std::size_t t = 200; t < 400; ++t) returns.values[2 * t + 1] = returns.values[2 * t];
    CHECK(shrunk_correlation(returns, 0.97).value().matrix[1] > 0.9);
    CHECK(shrunk_correlation(returns, 1.0).value().matrix[1] < 0.7);
}

TEST_CASE("only bars that all have count, the others are told") {
    const auto at = [](std::int64_t i, double r) { return TimedReturn{Timestamp{i * 1000}, r}; };
    const std::vector<std::vector<TimedReturn>> series = {
        {at(1, 0.1), at(2, 0.2), at(3, 0.3), at(4, 0.4), at(6, 0.6), at(7, 0.7)},
        {at(2, 2.0), at(4, 4.0), at(5, 5.0), at(6, 6.0), at(8, 8.0)}};
    const SynchronousReturns both = common(series);
    CHECK(both.values == std::vector<double>{0.2, 2.0, 0.4, 4.0, 0.6, 6.0});
    CHECK(both.left_out == 2);  // 3 and 5; 1 and 7 lie outside
    CHECK(synchronous_returns({}, 0).rows() == 0);
    const std::vector<std::vector<TimedReturn>> apart = {{at(1, 0.1)}, {at(2, 0.1)}};
    CHECK(common(apart).rows() == 0);
}

TEST_CASE("a correlation is refused where there is none") {
    CHECK(refusal(rows(2, {})) == Errc::not_enough_data);
    CHECK(refusal(rows(2, {0.1, 0.2})) == Errc::not_enough_data);
    CHECK(refusal(rows(2, {0.1, 0.2, 0.3, std::numeric_limits<double>::quiet_NaN()})) == Errc::out_of_domain);
    CHECK(refusal(random_rows(2, 10, 0, 1), 0.0) == Errc::out_of_range);
    CHECK(refusal(random_rows(2, 10, 0, 1), 1.5) == Errc::out_of_range);
}
