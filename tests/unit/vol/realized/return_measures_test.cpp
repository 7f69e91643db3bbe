#include "vol/realized/return_measures.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "unit/vol/bars.hpp"
#include "vol/estimators.hpp"
#include "vol/realized/realized.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinRel;

namespace {

constexpr std::int64_t minute = 60'000, hour = 60 * minute;

std::vector<double> walk(std::size_t bars, double deviation) {
    test::Normals normal{17};
    std::vector<double> returns;
    for (std::size_t i = 0; i < bars; ++i) returns.push_back(deviation * normal());
    return returns;
}

std::vector<const Estimator*> measures() {
    std::vector<const Estimator*> out;
    for (const Estimator& e : estimators()) {
        if (e.returns() != nullptr) out.push_back(&e);
    }
    return out;
}

}  // namespace

TEST_CASE("every measure finds the variance of a walk, at any length of bar") {
    const std::vector<double> returns = walk(20'000, 0.001);
    REQUIRE(measures().size() == 8);
    for (const Estimator* e : measures()) {
        for (const std::int64_t interval : {minute, 5 * minute, hour}) {
            INFO(e->name << " " << interval);
            CHECK_THAT(e->returns()->variance(returns, interval).value(), WithinRel(0.02, 0.08));
        }
    }
}

TEST_CASE("measures scale with the square of the returns") {
    const std::vector<double> one = walk(500, 0.001);
    std::vector<double> ten;
    for (const double r : one) ten.push_back(10.0 * r);
    for (const Estimator* e : measures()) {
        INFO(e->name);
        CHECK_THAT(e->returns()->variance(ten, hour).value(),
                   WithinRel(100.0 * e->returns()->variance(one, hour).value(), 1e-12));
    }
}

TEST_CASE("a market that stands still, or two bars, have no measure") {
    for (const Estimator* e : measures()) {
        INFO(e->name);
        CHECK_FALSE(e->returns()->variance(std::vector<double>(50, 0.0), hour));
        CHECK_FALSE(e->returns()->variance({}, hour));
    }
}

TEST_CASE("a bounce between bid and ask swells plain sums alone") {
    std::vector<double> returns = walk(20'000, 0.0003);
    test::Normals normal{19};
    double before = 0.0;
    for (double& r : returns) {
        const double noise = 0.0004 * normal();
        r += noise - before;
        before = noise;
    }
    const double clean = 20'000 * 9e-8;
    CHECK(realized_variance(returns).value() > 4.0 * clean);
    CHECK_THAT(two_scale_measure(returns, minute).value(), WithinRel(clean, 0.1));
    CHECK_THAT(kernel_measure(returns, minute).value(), WithinRel(clean, 0.15));
    // Every five minutes a fifth of the noise is left.
    CHECK_THAT(sampled_variance(returns, minute).value(), WithinRel(20'000 * (9e-8 + 32e-8 / 5), 0.05));
}

TEST_CASE("a jump counts in realised variance and in none that leaves jumps out") {
    std::vector<double> returns = walk(1000, 0.001);
    returns[500] = -0.05;
    CHECK(sampled_variance(returns, hour).value() > 3.0e-3);
    for (const auto measure : {bipower_measure, min_rv_measure, med_rv_measure})
        CHECK(measure(returns, hour).value() < 1.3e-3);
    CHECK(falls_measure(returns, hour).value() > 4.0 * rises_measure(returns, hour).value());
}

TEST_CASE("the two semivariances have the realised variance for a mean") {
    const std::vector<double> returns = walk(200, 0.002);
    CHECK_THAT(0.5 * (falls_measure(returns, hour).value() + rises_measure(returns, hour).value()),
               WithinRel(realized_variance(returns).value(), 1e-13));
}
