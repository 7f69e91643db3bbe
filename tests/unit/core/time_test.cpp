#include "core/time.hpp"

#include <catch2/catch.hpp>

using namespace tidemark;

TEST_CASE("times of known moments") {
    struct Case {
        std::string text;
        std::int64_t ms;
    };
    // The first three are RFC 3339, 5.8; the rest POSIX `date -u -d TEXT +%s`.
    const auto c = GENERATE(values<Case>({{"1985-04-12T23:20:50.52Z", 482196050520},
                                          {"1996-12-19T16:39:57-08:00", 851042397000},
                                          {"1937-01-01T12:00:27.87+00:20", -1041337172130},
                                          {"1970-01-01T00:00:00Z", 0},
                                          {"2000-02-29T12:00:00Z", 951825600000},
                                          {"2001-09-09T01:46:40Z", 1000000000000},
                                          {"2026-02-05T15:51:32.535650+00:00", 1770306692535},
                                          {"2026-02-05t15:51:32z", 1770306692000},
                                          {"2026-02-05 15:51:32Z", 1770306692000},
                                          {"2026-02-05", 1770249600000},
                                          {"2100-03-01T00:00:00Z", 4107542400000}}));
    INFO(c.text);
    CHECK(parse_rfc3339(c.text).value().ms == c.ms);
}

TEST_CASE("what is no time is refused") {
    const auto text = GENERATE(values<std::string>({"",
                                                    "2026",
                                                    "2026-02",
                                                    "2026-2-5",
                                                    "2026-02-30",
                                                    "2023-02-29",
                                                    "1900-02-29",
                                                    "2026-00-01",
                                                    "2026-13-01",
                                                    "2026-01-00",
                                                    "2026-02-05T",
                                                    "2026-02-05T15:51",
                                                    "2026-02-05T15:51:32",
                                                    "2026-02-05T24:00:00Z",
                                                    "2026-02-05T15:60:00Z",
                                                    "2026-02-05T15:51:60Z",
                                                    "2026-02-05T15:51:32.Z",
                                                    "2026-02-05T15:51:32+0100",
                                                    "2026-02-05T15:51:32+24:00",
                                                    "2026-02-05T15:51:32+01:60",
                                                    "2026-02-05T15:51:32Z ",
                                                    " 2026-02-05",
                                                    "+026-02-05",
                                                    "20260205",
                                                    "1770306692"}));
    INFO(text);
    const auto parsed = parse_rfc3339(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Errc::bad_timestamp);
}

TEST_CASE("a time written is the time read") {
    CHECK(to_rfc3339(Timestamp{1770306692000}) == "2026-02-05T15:51:32Z");
    CHECK(to_rfc3339(Timestamp{1770306692535}) == "2026-02-05T15:51:32.535Z");
    CHECK(to_rfc3339(Timestamp{-1}) == "1969-12-31T23:59:59.999Z");
    for (std::int64_t ms = -3'000'000'000'000; ms < 6'000'000'000'000; ms += 98'765'432'101)
        CHECK(parse_rfc3339(to_rfc3339(Timestamp{ms})).value().ms == ms);
}

TEST_CASE("days of the calendar follow one another") {
    CHECK(days_from_civil(1970, 1, 1) == 0);
    CHECK(days_from_civil(2000, 3, 1) == 11017);
    CHECK(days_from_civil(0, 3, 1) == -719468);  // Hinnant, chrono-compatible low-level date algorithms
    static constexpr unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    std::int64_t next = days_from_civil(1899, 1, 1);
    for (int year = 1899; year <= 2101; ++year) {
        for (unsigned month = 1; month <= 12; ++month) {
            const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            const unsigned days = lengths[month - 1] + (month == 2 && leap ? 1 : 0);
            for (unsigned day = 1; day <= days; ++day, ++next) {
                REQUIRE(days_from_civil(year, month, day) == next);
                REQUIRE(from_civil(year, month, day).value().ms == next * ms_per_day);
            }
            REQUIRE_FALSE(from_civil(year, month, days + 1));
        }
    }
}

TEST_CASE("years are of 365 days") {
    const Timestamp start = from_civil(2023, 1, 1).value();
    CHECK(years_between(start, from_civil(2024, 1, 1).value()).value() == 1.0);
    CHECK(years_between(start, from_civil(2022, 1, 1).value()).value() == -1.0);
    CHECK(years_between(start, start).value() == 0.0);
}

TEST_CASE("times are believed from 2000 to 2100") {
    CHECK(believed(from_civil(2000, 1, 1).value()));
    CHECK_FALSE(believed(Timestamp{from_civil(2000, 1, 1).value().ms - 1}));
    CHECK(believed(Timestamp{from_civil(2100, 1, 1).value().ms - 1}));
    CHECK_FALSE(believed(from_civil(2100, 1, 1).value()));
}

TEST_CASE("durations as operators write them") {
    struct Case {
        std::string text;
        std::int64_t ms;
    };
    const auto c = GENERATE(values<Case>({{"250ms", 250},
                                          {"1s", 1000},
                                          {"90s", 90'000},
                                          {"5m", 300'000},
                                          {"1.5h", 5'400'000},
                                          {"2d", 172'800'000},
                                          {"1w", 604'800'000},
                                          {"1y", 31'536'000'000},
                                          {"1e3s", 1'000'000}}));
    INFO(c.text);
    CHECK(parse_duration_ms(c.text).value() == c.ms);
}

TEST_CASE("what is no duration is refused") {
    const auto text =
        GENERATE(values<std::string>({"", "5", "s", "0s", "-5m", "+5m", " 5m", "5 m", "5M", "5min", "0.5ms",
                                      "nans", "infs", "1e400s", "1e-400d", "1000y", "5mm", "0x10s", "1,5h"}));
    INFO(text);
    const auto parsed = parse_duration_ms(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Errc::usage);
}
