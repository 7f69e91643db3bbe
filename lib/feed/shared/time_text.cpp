#include "feed/shared/time_text.hpp"

#include <fmt/format.h>

#include <charconv>

#include "json/escape.hpp"

namespace tidemark::feed {
namespace {

constexpr std::size_t longest_time = 64;

TimeUnit unit_of(std::int64_t number) {
    if (number < 100'000'000'000) return TimeUnit::s;
    if (number < 100'000'000'000'000) return TimeUnit::ms;
    return number < 100'000'000'000'000'000 ? TimeUnit::us : TimeUnit::ns;
}

/// Zero where it does not fit, which is not believed either.
std::int64_t to_ms(std::int64_t number, TimeUnit unit) {
    constexpr std::int64_t last_second = last_believed.ms / 1000;
    switch (unit) {
        case TimeUnit::s:
            return number >= 0 && number <= last_second ? number * 1000 : 0;
        case TimeUnit::ms:
            return number;
        case TimeUnit::us:
            return number / 1000;
        case TimeUnit::ns:
            return number / 1'000'000;
        case TimeUnit::by_size:
            return to_ms(number, unit_of(number));
    }
    return 0;
}

}  // namespace

Result<Timestamp> read_time(std::string_view text, TimeUnit unit) {
    Timestamp time;
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code == std::errc{} && end == text.data() + text.size()) {
        time.ms = to_ms(number, unit);
    } else if (const auto parsed = parse_rfc3339(text.substr(0, longest_time)); parsed) {
        time = *parsed;
    } else {
        return Error{Errc::bad_timestamp,
                     fmt::format("want a whole number or an RFC 3339 time with its zone, got '{}'",
                                 json::printable(text.substr(0, longest_time))),
                     "", 0};
    }
    if (believed(time)) return time;
    return Error{Errc::bad_timestamp,
                 fmt::format("want a time between 2000 and 2100, got '{}' (--time-unit says its unit)",
                             text.substr(0, longest_time)),
                 "", 0};
}

}  // namespace tidemark::feed
