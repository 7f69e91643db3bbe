#include "vol/estimators.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "unit/vol/bars.hpp"

using namespace tidemark;
using Catch::Matchers::WithinRel;

namespace {

double of(const vol::Estimator& e, const std::vector<OhlcBar>& bars, double per_year = 365.0) {
    return e.bars()->estimate(bars, PerYear{per_year}).value().value();
}

}  // namespace

TEST_CASE("no estimator depends on the price unit") {
    for (const auto& e : vol::bar_estimators()) {
        INFO(e.name);
        const double unit = GENERATE(1e-8, 0.5, 1e6, 1e12);
        CHECK_THAT(of(e, test::five_bars(unit)), WithinRel(of(e, test::five_bars()), 1e-13));
    }
}

TEST_CASE("a price that never moves has no volatility") {
    for (const auto& e : vol::bar_estimators()) {
        INFO(e.name);
        CHECK(of(e, std::vector(20, test::bar(3, 3, 3, 3))) == 0.0);
    }
}

TEST_CASE("volatility scales with the root of the bars in a year where no decay depends on it") {
    for (const auto& e : vol::bar_estimators()) {
        if (e.name == "ewma" || e.name == "riskmetrics2006") continue;
        INFO(e.name);
        CHECK_THAT(of(e, test::five_bars(), 8760),
                   WithinRel(of(e, test::five_bars()) * std::sqrt(24.0), 1e-14));
    }
}

TEST_CASE("min_bars is the least that gives an answer") {
    for (const auto& e : vol::bar_estimators()) {
        INFO(e.name);
        const auto bars = test::five_bars();
        const auto least = static_cast<std::size_t>(e.bars()->min_bars);
        CHECK(e.bars()->estimate(std::span{bars}.first(least), PerYear{365}));
        const auto short_of = e.bars()->estimate(std::span{bars}.first(least - 1), PerYear{365});
        REQUIRE_FALSE(short_of);
        CHECK(short_of.error().code == Errc::not_enough_data);
        CHECK(e.bars()->estimate({}, PerYear{365}).error().code == Errc::not_enough_data);
    }
}

TEST_CASE("bars in a year must be a number above 0") {
    const double bad = GENERATE(0.0, -1.0, std::numeric_limits<double>::quiet_NaN(),
                                std::numeric_limits<double>::infinity());
    for (const auto& e : vol::bar_estimators()) {
        INFO(e.name);
        const auto answer = e.bars()->estimate(test::five_bars(), PerYear{bad});
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Errc::out_of_range);
    }
    CHECK_FALSE(vol::RunningVol::make(PerYear{bad}));
}

TEST_CASE("bars fed one by one, state copied half way, give the same bits as all at once") {
    const auto bars = test::five_bars();
    auto running = vol::RunningVol::make(PerYear{8760}).value();
    running.add(vol::bar_logs(bars[0]));
    running.add(vol::bar_logs(Price{bars[0].close()}, bars[1]));
    vol::RunningVol resumed = running;
    for (std::size_t i = 2; i < bars.size(); ++i)
        resumed.add(vol::bar_logs(Price{bars[i - 1].close()}, bars[i]));
    for (const auto& e : vol::bar_estimators()) {
        INFO(e.name);
        CHECK(e.bars()->of(resumed).value().value() == of(e, bars, 8760));
    }
}

TEST_CASE("huge and tiny prices stay finite") {
    const std::vector bars{test::bar(1e-300, 1e300, 1e-300, 1e300), test::bar(1e300, 1e300, 1e-300, 1e-300),
                           test::bar(1e-300, 1e-300, 1e-300, 1e-300)};
    for (const auto& e : vol::bar_estimators()) {
        INFO(e.name);
        CHECK(std::isfinite(of(e, bars)));
    }
}

TEST_CASE("names and find agree") {
    for (const auto& name : vol::names()) CHECK(vol::find(name)->name == name);
    CHECK(vol::names().size() == vol::estimators().size());
    CHECK(vol::find("garman_klass") == nullptr);
}
