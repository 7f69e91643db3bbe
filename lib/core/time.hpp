// UTC milliseconds, and their text forms. No clock, no time zone, no locale.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/measure.hpp"
#include "core/result.hpp"

namespace tidemark {

struct Timestamp {
    std::int64_t ms = 0;  // since 1970-01-01T00:00:00Z
    friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
};

inline constexpr std::int64_t ms_per_second = 1000;
inline constexpr std::int64_t ms_per_minute = 60 * ms_per_second;
inline constexpr std::int64_t ms_per_hour = 60 * ms_per_minute;
inline constexpr std::int64_t ms_per_day = 24 * ms_per_hour;
inline constexpr double seconds_per_hour = 3600.0;
inline constexpr double minutes_per_day = 1440.0;
inline constexpr double seconds_per_day = 86'400.0;
inline constexpr double days_per_year = 365.0;  // Actual/365 fixed
inline constexpr double hours_per_year = days_per_year * 24.0;
inline constexpr double seconds_per_year = days_per_year * seconds_per_day;
inline constexpr double ms_per_year = days_per_year * static_cast<double>(ms_per_day);

constexpr double days_of(std::int64_t ms) {
    return static_cast<double>(ms) / static_cast<double>(ms_per_day);
}
constexpr YearFraction years_of(std::int64_t ms) {
    return YearFraction{static_cast<double>(ms) / ms_per_year};
}

/// The window in which a time is believed: 2000-01-01 to 2100-01-01.
inline constexpr Timestamp first_believed{946'684'800'000};
inline constexpr Timestamp last_believed{4'102'444'800'000};
constexpr bool believed(Timestamp t) {
    return first_believed <= t && t < last_believed;
}

/// Days since 1970-01-01 of a proleptic Gregorian date.
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day);

/// Milliseconds of a UTC calendar time; fails where the date does not exist.
Result<Timestamp> from_civil(int year, unsigned month, unsigned day, unsigned hour = 0, unsigned minute = 0,
                             unsigned second = 0, unsigned ms = 0);

/// RFC 3339 with Z or a numeric offset, any number of decimals (cut to ms), also a bare date (00:00 UTC).
Result<Timestamp> parse_rfc3339(std::string_view text);

/// 2026-02-05T15:51:32Z, with .mmm only where there are milliseconds.
std::string to_rfc3339(Timestamp t);

/// Years between two times, Actual/365 fixed; negative where `to` is before `from`.
constexpr YearFraction years_between(Timestamp from, Timestamp to) {
    return years_of(to.ms - from.ms);
}

/// Days between two times; negative where `to` is before `from`.
constexpr double days_between(Timestamp from, Timestamp to) {
    return days_of(to.ms - from.ms);
}

/// A length of time as an operator writes it: 250ms, 90s, 5m, 4h, 2d, 1w, 3y (365 d). Gives milliseconds,
/// above 0.
Result<std::int64_t> parse_duration_ms(std::string_view text);

}  // namespace tidemark
