#include "vol/history/jump_day.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "unit/vol/bars.hpp"

using namespace tidemark;
using namespace tidemark::vol;

namespace {

constexpr std::int64_t hour = 3'600'000;
constexpr std::int32_t day_of_jump = 20001;

struct Hours {
    DailyHistory history{hour};
    std::vector<TimedReturn> returns;
};

/// Two days and a half of hours of 1 % or so; the last of the second day moves by `jump` besides.
Hours hours(double jump, int count = 60) {
    Hours out;
    test::Normals normal{11};
    double price = 100.0;
    for (int i = 0; i < count; ++i) {
        const double move = 0.01 * normal() + (i == 47 ? jump : 0.0), open = price;
        price *= std::exp(move);
        const Timestamp at{20000 * ms_per_day + i * hour};
        out.history.add(at, test::bar(open, std::max(open, price), std::min(open, price), price));
        out.returns.push_back({at, move});
    }
    return out;
}

}  // namespace

TEST_CASE("the last whole day is judged, not the one that is still running") {
    const Hours calm = hours(0.0), wild = hours(-0.2);
    const auto without = jump_day(calm.history, calm.returns), with = jump_day(wild.history, wild.returns);
    REQUIRE(without);
    REQUIRE(with);
    CHECK(with->day == day_of_jump);
    CHECK(with->returns == 24);
    CHECK(with->test.p_one_sided.value() < 1e-4);
    CHECK(with->share.value() > 0.8);
    CHECK(without->test.z < 3.0);
    CHECK(without->share < with->share);
}

TEST_CASE("where no day is whole, or its returns are not there, no day is judged") {
    const Hours morning = hours(0.0, 12), days = hours(0.0);
    CHECK_FALSE(jump_day(morning.history, morning.returns));
    CHECK_FALSE(jump_day(days.history, std::span{days.returns}.subspan(46)));
}
