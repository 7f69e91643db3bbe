#include "vol/history/day_series.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/vol/bars.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinRel;

namespace {

constexpr std::int64_t six_hours = ms_per_day / 4;
constexpr std::int64_t start = 20000 * ms_per_day;

DaySeries made() {
    return DaySeries::make(six_hours, 30 * ms_per_day).value();
}

/// A bar that opens where the last one closed and moves by a log return.
void move(DaySeries& days, double& price, std::int64_t bar, double log_return) {
    const double open = price;
    price = open * std::exp(log_return);
    const OhlcBar ohlc = test::bar(open, std::max(open, price), std::min(open, price), price);
    REQUIRE(days.add(Timestamp{start + bar * six_hours}, ohlc));
}

}  // namespace

TEST_CASE("a day is the sum of its bars") {
    DaySeries days = made();
    double price = 100.0;
    const double moves[] = {0.01, -0.02, 0.03, 0.005, 0.01, 0.01, -0.01, 0.02};
    for (int i = 0; i < 8; ++i) move(days, price, i, moves[i]);
    REQUIRE(days.size() == 2);
    CHECK_THAT(days.variances()[0], WithinRel(1e-4 + 4e-4 + 9e-4 + 0.25e-4, 1e-12));
    CHECK_THAT(days.returns()[0], WithinRel(0.025, 1e-12));
    CHECK_THAT(days.variances()[1], WithinRel(7e-4, 1e-12));
    CHECK(days.left_out() == 0);
    // What is known at the end of the day: zero-mean is the second of the registry; the first bar of all has
    // no return.
    CHECK_THAT(days.estimates()[0][1], WithinRel(4.0 * (4e-4 + 9e-4 + 0.25e-4) / 3.0, 1e-12));
}

TEST_CASE("a day without bars, or that does not move, is left out and told") {
    DaySeries days = made();
    double price = 100.0;
    for (int i = 0; i < 4; ++i) move(days, price, i, 0.01);
    for (int i = 5; i < 8; ++i) move(days, price, i, 0.01);
    for (int i = 8; i < 12; ++i) move(days, price, i, 0.0);
    CHECK(days.left_out() == 1);  // the bar that day 1 lacks stood still
    // Days 3 and 4 are not there at all, and the move to day 5's open is theirs.
    price *= 2.0;
    for (int i = 20; i < 24; ++i) move(days, price, i, 0.01);
    CHECK(days.size() == 3);
    CHECK(days.left_out() == 3);
    CHECK_THAT(days.returns()[2], WithinRel(0.04, 1e-12));
}

TEST_CASE("bars that do not fill a day are refused") {
    const auto refusal = [](std::int64_t interval) {
        return DaySeries::make(interval, 30 * ms_per_day).error().code;
    };
    CHECK(refusal(ms_per_day) == Errc::out_of_range);
    CHECK(refusal(7 * 3'600'000) == Errc::out_of_range);
    CHECK(refusal(0) == Errc::out_of_range);
}
