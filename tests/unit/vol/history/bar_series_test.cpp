#include "vol/history/bar_series.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "unit/vol/bars.hpp"
#include "vol/estimators.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinRel;

namespace {

constexpr std::int64_t hour = 3'600'000;

BarSeries made(std::int64_t window_bars = 720) {
    return BarSeries::make(hour, window_bars * hour, 365.0).value();
}

/// Hours of a walk, each bar opening where the last closed; `wick` gives hour 150 a high of four times that.
BarSeries walk(int hours, bool wick) {
    BarSeries series = made();
    test::Normals normal{3};
    double price = 100.0;
    for (int i = 0; i < hours; ++i) {
        const double open = price;
        price *= std::exp(0.005 * normal());
        const double high = std::max(open, price) * (wick && i == 150 ? 4.0 : 1.001);
        REQUIRE(series.add(Timestamp{i * hour}, test::bar(open, high, std::min(open, price) * 0.999, price)));
    }
    return series;
}

double vol_of(const RunningVol& running, std::string_view estimator) {
    return find(estimator)->bars()->of(running).value().value();
}

}  // namespace

TEST_CASE("the window equals the estimators of its bars alone") {
    const std::vector<OhlcBar> bars = test::five_bars();
    BarSeries series = made(3);
    for (std::size_t i = 0; i < bars.size(); ++i)
        REQUIRE(series.add(Timestamp{static_cast<std::int64_t>(i) * hour}, bars[i]));
    const std::span<const OhlcBar> last{bars.data() + 2, 3};
    for (const Estimator& estimator : bar_estimators()) {
        INFO(estimator.name);
        const auto direct = estimator.bars()->estimate(last, PerYear{8760.0});
        CHECK_THAT(estimator.bars()->of(series.window()).value().value(),
                   WithinRel(direct.value().value(), 1e-14));
    }
    const std::vector<TimedReturn> returns = series.returns();
    REQUIRE(returns.size() == 2);
    CHECK(returns[1].open.ms == 4 * hour);
    CHECK_THAT(returns[1].log_return, WithinRel(std::log(104.0 / 106.0), 1e-13));
}

TEST_CASE("gaps and halts are counted") {
    BarSeries series = made();
    for (const int i : {0, 1, 4, 5, 9})
        REQUIRE(series.add(Timestamp{i * hour}, test::bar(100, 101, 99, 100), i != 4));
    CHECK(series.samples() == 5);
    CHECK(series.gaps() == 5);
    CHECK(series.halts() == 2);
    CHECK(series.untraded() == 1);
    CHECK(series.returns().size() == 9);
    CHECK_FALSE(series.add(Timestamp{9 * hour}, test::bar(100, 101, 99, 100)));
    CHECK_FALSE(series.add(Timestamp{9 * hour + 1}, test::bar(100, 101, 99, 100)));
}

TEST_CASE("the move across a gap counts over the time that it took, unless that is too long for one asset") {
    BarSeries series = made();
    REQUIRE(series.add(Timestamp{0}, test::bar(100, 100, 100, 100)));
    REQUIRE(series.add(Timestamp{3 * hour}, test::bar(80, 80, 80, 80)));
    // ln(0.8)^2 over the two bars that are missing and the one that came: 0.0497930 / 3 x 8760 = 145.396.
    CHECK_THAT(vol_of(series.all(), "zero-mean"), WithinRel(12.0580, 1e-4));
    CHECK_THAT(vol_of(series.window(), "zero-mean"), WithinRel(12.0580, 1e-4));
    CHECK(series.returns().size() == 3);
    REQUIRE(series.add(Timestamp{(4 + 7 * 24 + 1) * hour}, test::bar(8, 8, 8, 8)));
    CHECK_THAT(vol_of(series.all(), "zero-mean"), WithinRel(12.0580, 1e-4));
}

TEST_CASE("a wick is told, counted in, and shown without") {
    const BarSeries clean = walk(300, false), wicked = walk(300, true);
    CHECK(clean.suspects() == 0);
    CHECK(vol_of(clean.all_screened(), "parkinson") == vol_of(clean.all(), "parkinson"));
    CHECK(wicked.suspects() == 1);
    CHECK(vol_of(wicked.all(), "parkinson") > 3.0 * vol_of(clean.all(), "parkinson"));
    // One bar of 300 less.
    CHECK_THAT(vol_of(wicked.all_screened(), "parkinson"), WithinRel(vol_of(clean.all(), "parkinson"), 0.01));
    CHECK_THAT(vol_of(wicked.window_screened(), "parkinson"),
               WithinRel(vol_of(wicked.all_screened(), "parkinson"), 1e-13));
    CHECK_THAT(vol_of(wicked.window_screened(), "zero-mean"),
               WithinRel(vol_of(wicked.all_screened(), "zero-mean"), 1e-13));
    CHECK(wicked.all_screened().zero_mean.samples() == clean.all().zero_mean.samples() - 2);
}
