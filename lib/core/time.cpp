#include "core/time.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace tidemark {
namespace {

bool leap(std::int64_t y) {
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

unsigned days_in_month(std::int64_t year, unsigned month) {
    static constexpr unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

Error bad_time(std::string_view text) {
    return {Errc::bad_timestamp,
            fmt::format("want an RFC 3339 time such as 2026-02-05T15:51:32Z, got '{}'", text), "", 0};
}

/// Reads exactly `digits` digits and steps over them; -1 where they are not there.
int take_number(std::string_view& rest, std::size_t digits) {
    if (rest.size() < digits) return -1;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (rest[i] < '0' || rest[i] > '9') return -1;
        value = value * 10 + (rest[i] - '0');
    }
    rest.remove_prefix(digits);
    return value;
}

bool take(std::string_view& rest, char wanted) {
    if (rest.empty() || rest.front() != wanted) return false;
    rest.remove_prefix(1);
    return true;
}

/// Decimals of a second, cut to whole milliseconds; -1 where a point has no digit after it.
int take_decimals(std::string_view& rest) {
    if (!take(rest, '.')) return 0;
    int ms = 0;
    std::size_t digits = 0;
    for (; digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9'; ++digits) {
        if (digits < 3) ms = ms * 10 + (rest[digits] - '0');
    }
    if (digits == 0) return -1;
    for (std::size_t i = digits; i < 3; ++i) ms *= 10;
    rest.remove_prefix(digits);
    return ms;
}

constexpr int no_offset = std::numeric_limits<int>::min();

/// Minutes east of UTC; no_offset where the text is not Z or +hh:mm.
int take_offset(std::string_view& rest) {
    if (take(rest, 'Z') || take(rest, 'z')) return 0;
    if (rest.empty() || (rest.front() != '+' && rest.front() != '-')) return no_offset;
    const int sign = rest.front() == '-' ? -1 : 1;
    rest.remove_prefix(1);
    const int hours = take_number(rest, 2);
    if (!take(rest, ':')) return no_offset;
    const int minutes = take_number(rest, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return no_offset;
    return sign * (hours * 60 + minutes);
}

}  // namespace

std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
    // Howard Hinnant's days algorithm: years start in March, so the leap day is last.
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t yoe = year - era * 400;
    const std::int64_t doy = (153 * static_cast<std::int64_t>(month > 2 ? month - 3 : month + 9) + 2) / 5 +
                             static_cast<std::int64_t>(day) - 1;
    const std::int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146'097 + doe - 719'468;
}

Result<Timestamp> from_civil(int year, unsigned month, unsigned day, unsigned hour, unsigned minute,
                             unsigned second, unsigned ms) {
    const bool exists = month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month) &&
                        hour <= 23 && minute <= 59 && second <= 59 && ms <= 999;
    if (!exists) {
        return Error{Errc::bad_timestamp,
                     fmt::format("no such time: {}-{}-{} {}:{}:{}", year, month, day, hour, minute, second),
                     "", 0};
    }
    return Timestamp{days_from_civil(year, month, day) * ms_per_day + hour * ms_per_hour +
                     minute * ms_per_minute + second * ms_per_second + ms};
}

Result<Timestamp> parse_rfc3339(std::string_view text) {
    std::string_view rest = text;
    const int year = take_number(rest, 4);
    if (year < 0 || !take(rest, '-')) return bad_time(text);
    const int month = take_number(rest, 2);
    if (month < 0 || !take(rest, '-')) return bad_time(text);
    const int day = take_number(rest, 2);
    if (day < 0) return bad_time(text);
    int hour = 0, minute = 0, second = 0, ms = 0, offset = 0;
    if (!rest.empty()) {
        if (!take(rest, 'T') && !take(rest, 't') && !take(rest, ' ')) return bad_time(text);
        hour = take_number(rest, 2);
        if (hour < 0 || !take(rest, ':')) return bad_time(text);
        minute = take_number(rest, 2);
        if (minute < 0 || !take(rest, ':')) return bad_time(text);
        second = take_number(rest, 2);
        ms = take_decimals(rest);
        offset = take_offset(rest);
        if (second < 0 || ms < 0 || offset == no_offset || !rest.empty()) return bad_time(text);
    }
    const auto local = from_civil(year, static_cast<unsigned>(month), static_cast<unsigned>(day),
                                  static_cast<unsigned>(hour), static_cast<unsigned>(minute),
                                  static_cast<unsigned>(second), static_cast<unsigned>(ms));
    if (!local) return bad_time(text);
    return Timestamp{local->ms - offset * ms_per_minute};
}

std::string to_rfc3339(Timestamp t) {
    std::int64_t days = t.ms / ms_per_day;
    std::int64_t in_day = t.ms % ms_per_day;
    if (in_day < 0) {
        in_day += ms_per_day;
        --days;
    }
    const std::int64_t z = days + 719'468;
    const std::int64_t era = (z >= 0 ? z : z - 146'096) / 146'097;
    const std::int64_t doe = z - era * 146'097;
    const std::int64_t yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
    const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const std::int64_t mp = (5 * doy + 2) / 153;
    const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
    const std::int64_t day = doy - (153 * mp + 2) / 5 + 1;
    const std::int64_t year = yoe + era * 400 + (month <= 2 ? 1 : 0);
    const std::int64_t ms = in_day % ms_per_second;
    std::string text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", year, month, day, in_day / ms_per_hour,
                    in_day / ms_per_minute % 60, in_day / ms_per_second % 60);
    if (ms != 0) text += fmt::format(".{:03}", ms);
    return text + "Z";
}

Result<std::int64_t> parse_duration_ms(std::string_view text) {
    struct Unit {
        std::string_view name;
        double ms;
    };
    static constexpr Unit units[] = {{"ms", 1.0},        {"s", ms_per_second}, {"m", ms_per_minute},
                                     {"h", ms_per_hour}, {"d", ms_per_day},    {"w", 7 * ms_per_day},
                                     {"y", ms_per_year}};
    const Error bad{Errc::usage,
                    fmt::format("want a length of time such as 90s, 5m, 4h or 2d, got '{}'", text), "", 0};
    double number = 0.0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc{}) return bad;
    const std::string_view name = text.substr(static_cast<std::size_t>(end - text.data()));
    for (const Unit& unit : units) {
        if (unit.name != name) continue;
        const double ms = number * unit.ms;
        if (!(ms >= 1.0 && ms <= 1e13)) return bad;
        return static_cast<std::int64_t>(std::llround(ms));
    }
    return bad;
}

}  // namespace tidemark
