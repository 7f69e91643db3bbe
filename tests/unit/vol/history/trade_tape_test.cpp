#include "vol/history/trade_tape.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "unit/vol/bars.hpp"

using namespace tidemark;
using namespace tidemark::vol;
using Catch::Matchers::WithinRel;

namespace {

constexpr std::int64_t minute = 60'000, five = 5 * minute;
constexpr std::int64_t start = 20000 * ms_per_day;

}  // namespace

TEST_CASE("bars are made of the trades within them") {
    TradeTape tape{five};
    std::vector<TapeBar> ended;
    for (const auto& [at, price] :
         {std::pair{0, 100.0}, {60, 103.0}, {120, 98.0}, {299, 101.0}, {300, 102.0}, {601, 99.0}})
        REQUIRE(tape.add(Timestamp{start + at * 1000LL}, Price{price}, ended));
    REQUIRE(ended.size() == 2);
    CHECK(ended[0].open.ms == start);
    CHECK(ended[0].bar.open() == 100.0);
    CHECK(ended[0].bar.high() == 103.0);
    CHECK(ended[0].bar.low() == 98.0);
    CHECK(ended[0].bar.close() == 101.0);
    CHECK(ended[1].bar.open() == 102.0);
    CHECK(ended[1].bar.close() == 102.0);
}

TEST_CASE("a silence is bars that stood still, a long one is bars that are not there") {
    TradeTape tape{five};
    std::vector<TapeBar> ended;
    REQUIRE(tape.add(Timestamp{start}, Price{100.0}, ended));
    REQUIRE(tape.add(Timestamp{start + 3 * five}, Price{101.0}, ended));
    REQUIRE(ended.size() == 3);
    CHECK(ended[0].traded);
    for (int i = 1; i < 3; ++i) {
        CHECK_FALSE(ended[static_cast<std::size_t>(i)].traded);
        CHECK(ended[static_cast<std::size_t>(i)].bar.high() == 100.0);
        CHECK(ended[static_cast<std::size_t>(i)].open.ms == start + i * five);
    }
    ended.clear();
    REQUIRE(tape.add(Timestamp{start + 2 * ms_per_day}, Price{90.0}, ended));
    CHECK(ended.size() == 1);
}

TEST_CASE("a trade of the past or of no price is refused and changes nothing") {
    TradeTape tape{five};
    std::vector<TapeBar> ended;
    REQUIRE(tape.add(Timestamp{start + 1000}, Price{100.0}, ended));
    CHECK(tape.add(Timestamp{start}, Price{100.0}, ended).error().code == Errc::bad_series);
    CHECK(tape.add(Timestamp{start + 2000}, Price{0.0}, ended).error().code == Errc::out_of_range);
    CHECK(tape.last().ms == start + 1000);
    CHECK(tape.add(Timestamp{start + 1000}, Price{50.0}, ended));
    REQUIRE(tape.add(Timestamp{start + five}, Price{50.0}, ended));
    REQUIRE(ended.size() == 1);
    CHECK(ended[0].bar.low() == 50.0);
}

TEST_CASE("the decaying volatility is that of the walk, however often it trades") {
    // 60 % a year; trades every 20 seconds or every 3 minutes.
    for (const std::int64_t every : {std::int64_t{20'000}, 3 * minute}) {
        TradeTape tape{five};
        std::vector<TapeBar> ended;
        test::Normals normal{31};
        const double deviation = 0.6 * std::sqrt(static_cast<double>(every) / (365.0 * ms_per_day));
        double price = 100.0, sum = 0.0;
        int counted = 0;
        for (std::int64_t at = 0; at < 5 * ms_per_day; at += every) {
            REQUIRE(tape.add(Timestamp{start + at}, Price{price}, ended));
            price *= std::exp(deviation * normal());
            if (at > ms_per_day && at % (30 * minute) == 0) {
                sum += std::pow(tape.annual_vol().value().value(), 2);
                ++counted;
            }
        }
        CHECK_THAT(std::sqrt(sum / counted), WithinRel(0.6, 0.06));
    }
}

TEST_CASE("the first hour already reads as much as the ones that follow") {
    TradeTape tape{five};
    std::vector<TapeBar> ended;
    double price = 100.0;
    for (int i = 0; i <= 30; ++i) {
        CHECK(tape.annual_vol().error().code == Errc::not_enough_data);
        REQUIRE(tape.add(Timestamp{start + i * minute}, Price{price}, ended));
        price *= std::exp(i % 2 == 0 ? 0.001 : -0.001);
    }
    // 0.001 a minute: 525,600 of them in a year.
    CHECK_THAT(tape.annual_vol().value().value(), WithinRel(0.001 * std::sqrt(525'600.0), 0.01));
}
