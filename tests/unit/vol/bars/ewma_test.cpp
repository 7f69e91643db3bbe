#include "vol/bars/ewma.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <vector>

#include "unit/vol/bars.hpp"
#include "vol/bars/riskmetrics2006.hpp"

using namespace tidemark;
using Catch::Matchers::WithinRel;

namespace {

std::vector<double> moves(std::size_t count) {
    test::Normals normal{11};
    std::vector<double> returns;
    while (returns.size() < count) returns.push_back(0.01 * normal());
    return returns;
}

}  // namespace

TEST_CASE("decay, half life and memory") {
    CHECK_THAT(vol::ewma_memory(0.94, 0.01), WithinRel(74.42650729148939, 1e-13));   // RiskMetrics 1996: 74
    CHECK_THAT(vol::ewma_memory(0.97, 0.01), WithinRel(151.19139880116785, 1e-13));  // and 151
    CHECK_THAT(vol::ewma_half_life(0.97), WithinRel(22.756573, 1e-7));
    CHECK_THAT(vol::ewma_decay(vol::ewma_half_life(0.94)), WithinRel(0.94, 1e-14));
    CHECK(vol::ewma_decay_per_bar(0.94, PerYear{365}) == 0.94);
    CHECK_THAT(std::pow(vol::ewma_decay_per_bar(0.94, PerYear{8760}), 24.0), WithinRel(0.94, 1e-13));
}

TEST_CASE("the path is the sum written out") {
    const auto returns = moves(200);
    const auto path = vol::ewma_variances(returns, 0.9, 4e-4).value();
    REQUIRE(path.size() == 201);
    double written_out = std::pow(0.9, 200) * 4e-4;
    for (std::size_t i = 0; i < 200; ++i) {
        written_out += 0.1 * std::pow(0.9, static_cast<double>(199 - i)) * returns[i] * returns[i];
    }
    CHECK(path.front() == 4e-4);
    CHECK_THAT(path.back(), WithinRel(written_out, 1e-13));
}

TEST_CASE("the streamed averages end where the paths end, short series and long") {
    const auto count =
        GENERATE(std::size_t{1}, std::size_t{3}, std::size_t{75}, std::size_t{76}, std::size_t{2500});
    const auto returns = moves(count);
    std::vector<double> squares;
    vol::EwmaSum ewma;
    auto rm = vol::RiskMetrics2006Sum::make({}, 1.0).value();
    for (const double r : returns) {
        squares.push_back(r * r);
        ewma.add_variance(r * r);
        rm.add_variance(r * r);
    }
    CHECK_THAT(ewma.variance_per_bar(),
               WithinRel(vol::ewma_variances(returns, 0.94, vol::ewma_start(squares)).value().back(), 1e-13));
    CHECK_THAT(rm.variance_per_bar(),
               WithinRel(vol::riskmetrics2006_variances(returns).value().back(), 1e-13));
}

TEST_CASE("constant squares are their own average") {
    vol::EwmaSum ewma;
    auto rm = vol::RiskMetrics2006Sum::make({}, 24.0).value();
    for (int i = 0; i < 100; ++i) {
        ewma.add_variance(2.5);
        rm.add_variance(2.5);
    }
    CHECK_THAT(ewma.variance_per_bar(), WithinRel(2.5, 1e-14));
    CHECK_THAT(rm.variance_per_bar(), WithinRel(2.5, 1e-14));
}

TEST_CASE("scales of RiskMetrics 2006") {
    const auto daily = vol::riskmetrics2006_scales().value();
    double total = 0.0;
    for (const auto& scale : daily) total += scale.weight;
    CHECK_THAT(total, WithinRel(1.0, 1e-14));
    CHECK_THAT(daily.front().weight, WithinRel(0.11476038849929815, 1e-13));  // Zumbach's formulas
    CHECK_THAT(daily.back().decay, WithinRel(0.9972416753234423, 1e-13));
    const auto hourly = vol::riskmetrics2006_scales({}, 24.0).value();
    CHECK_THAT(std::pow(hourly.front().decay, 24.0), WithinRel(daily.front().decay, 1e-13));
}

TEST_CASE("parameters without meaning are refused") {
    const std::vector<double> one{0.01};
    const double bad = GENERATE(0.0, 1.0, -0.5, 2.0, std::numeric_limits<double>::quiet_NaN());
    CHECK(vol::ewma_variances(one, bad, 0.0).error().code == Errc::out_of_range);
    CHECK(vol::ewma_variances(one, 0.9, -1.0).error().code == Errc::out_of_range);
    CHECK(vol::ewma_variances({}, 0.9, 1.0).error().code == Errc::not_enough_data);
    CHECK_FALSE(vol::riskmetrics2006_scales({1560.0, 4.0, 0, 1.4}));
    CHECK_FALSE(vol::riskmetrics2006_scales({1560.0, 4.0, 33, 1.1}));
    CHECK_FALSE(vol::riskmetrics2006_scales({1560.0, 4.0, 30, 1.4}));  // the longest is beyond the cutoff
    CHECK_FALSE(vol::riskmetrics2006_scales({}, -1.0));
}
