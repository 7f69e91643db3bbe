#include "vol/history/daily_history.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/vol/bars.hpp"
#include "vol/daily/stressed_period.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinRel;

namespace {

constexpr std::int64_t six_hours = ms_per_day / 4;
constexpr std::int32_t first_day = 20000;

void move(DailyHistory& history, double& price, std::int64_t bar, double log_return) {
    const double open = price;
    price = open * std::exp(log_return);
    history.add(Timestamp{first_day * ms_per_day + bar * six_hours},
                test::bar(open, std::max(open, price), std::min(open, price), price));
}

DaySum day(std::int32_t at, double variance, std::int32_t bars = 4) {
    return {0.0, variance, at, bars};
}

}  // namespace

TEST_CASE("a day is whole once it has all its bars and moved") {
    DailyHistory history{six_hours};
    double price = 100.0;
    for (int bar = 0; bar < 6; ++bar) move(history, price, bar, bar % 2 == 0 ? 0.02 : -0.01);
    REQUIRE(history.days().size() == 2);
    CHECK(history.whole(history.days()[0]));
    REQUIRE(history.whole_returns().size() == 1);
    CHECK_THAT(history.whole_returns()[0], WithinRel(0.02, 1e-13));
    CHECK_THAT(history.whole_variances()[0], WithinRel(2 * (4e-4 + 1e-4), 1e-13));
    REQUIRE(history.running());
    CHECK_THAT(history.running()->variance, WithinRel(5e-4, 1e-13));
    move(history, price, 6, 0.0);
    move(history, price, 7, 0.0);
    CHECK_FALSE(history.running());
}

TEST_CASE("bars that do not fill a day make none whole") {
    DailyHistory history{7 * 3'600'000};
    CHECK(history.bars_a_day() == 0);
    history.add(Timestamp{first_day * ms_per_day}, test::bar(1, 2, 1, 2));
    CHECK_FALSE(history.running());
    CHECK(history.whole_returns().empty());
}

TEST_CASE("a history that was saved goes on as if it had not been") {
    DailyHistory one{six_hours};
    double price = 100.0;
    for (int bar = 0; bar < 5; ++bar) move(one, price, bar, 0.01);
    ByteSink sink;
    one.save(sink);
    ByteSource source{sink.bytes()};
    DailyHistory other = DailyHistory::load(source).value();
    double again = price;
    for (int bar = 5; bar < 9; ++bar) {
        move(one, price, bar, -0.03);
        move(other, again, bar, -0.03);
    }
    CHECK(one.whole_returns() == other.whole_returns());
    CHECK(one.whole_variances() == other.whole_variances());
    CHECK(one.running()->variance == other.running()->variance);
    ByteSource cut{std::string_view{sink.bytes()}.substr(0, sink.bytes().size() - 1)};
    CHECK(DailyHistory::load(cut).error().code == Errc::truncated);
}

TEST_CASE("the stressed period is the stretch in which bars moved most") {
    std::vector<DaySum> days;
    for (int d = 0; d < 20; ++d) days.push_back(day(first_day + d, d >= 7 && d < 12 ? 4.0 : 0.4));
    const auto worst = stressed_period(days, 5);
    REQUIRE(worst);
    CHECK(worst->first_day == first_day + 7);
    CHECK(worst->last_day == first_day + 11);
    CHECK_THAT(worst->variance_per_bar, WithinRel(1.0, 1e-15));
    // As long as the history: there is no calm to compare with.
    CHECK_FALSE(stressed_period(days, 20));
    CHECK(stressed_period(days, 19));
}

TEST_CASE("a stretch that lacks half of its days is no stressed period") {
    std::vector<DaySum> days;
    for (int d = 0; d < 20; ++d) days.push_back(day(first_day + d, 0.4));
    days.push_back(day(first_day + 40, 100.0));
    const auto worst = stressed_period(days, 10);
    REQUIRE(worst);
    CHECK_THAT(worst->variance_per_bar, WithinRel(0.1, 1e-15));
}

TEST_CASE("the look back begins with its day") {
    const std::vector<DaySum> days{day(first_day, 8.0), day(first_day + 1, 1.0, 2),
                                   day(first_day + 3, 2.0, 4)};
    CHECK_THAT(bar_variance_since(days, 0)->variance_per_bar, WithinRel(1.1, 1e-15));
    const auto some = bar_variance_since(days, first_day + 1);
    CHECK(some->first_day == first_day + 1);
    CHECK_THAT(some->variance_per_bar, WithinRel(0.5, 1e-15));
    CHECK_FALSE(bar_variance_since(days, first_day + 4));
}

TEST_CASE("a stressed weight only raises") {
    CHECK_THAT(weighted_variance(0.36, 1.0, 0.25), WithinRel(0.52, 1e-15));
    CHECK(weighted_variance(0.36, 0.2, 0.25) == 0.36);
    CHECK(weighted_variance(0.36, 1.0, 0.0) == 0.36);
}
