#include "json/number.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <charconv>
#include <cmath>
#include <limits>
#include <random>

#include "padded.hpp"

using namespace tidemark::json;

namespace {

std::uint64_t bits(double value) {
    return std::bit_cast<std::uint64_t>(value);
}

/// What std::from_chars makes of a text that is a JSON number; false where it does not fit a double.
bool reference(std::string_view text, double& value) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    return code == std::errc{} && end == text.data() + text.size();
}

/// A random JSON number: up to 25 digits on each side of the point, now and then an exponent.
std::string_view random_decimal(std::mt19937_64& random, char* out) {
    char* p = out;
    const std::uint64_t shape = random();
    if ((shape & 3U) == 0) *p++ = '-';
    const auto digits = [&](std::uint64_t count) {
        for (std::uint64_t draw = random(); count > 0; --count, draw /= 10) {
            if (draw == 0) draw = random();
            *p++ = static_cast<char>('0' + draw % 10);
        }
    };
    const std::uint64_t before = (shape >> 2) % ((shape >> 8 & 7U) == 0 ? 25 : 9);
    if (before == 0) {
        *p++ = '0';
    } else {
        *p++ = static_cast<char>('1' + (shape >> 16) % 9);
        digits(before - 1);
    }
    const std::uint64_t after = (shape >> 24) % ((shape >> 32 & 7U) == 0 ? 25 : 10);
    if (after > 0) {
        *p++ = '.';
        digits(after);
    }
    if ((shape >> 40 & 7U) == 0) {
        *p++ = (shape >> 43 & 1U) != 0 ? 'e' : 'E';
        if ((shape >> 44 & 3U) < 2) *p++ = (shape >> 44 & 1U) != 0 ? '-' : '+';
        digits(1 + (shape >> 46) % 3);
    }
    return {out, static_cast<std::size_t>(p - out)};
}

}  // namespace

TEST_CASE("a number is read to the same bits as std::from_chars reads it") {
    std::mt19937_64 random{20260805};
    char buffer[256];
    for (int i = 0; i < 3'000'000; ++i) {
        const std::string_view text = random_decimal(random, buffer);
        std::fill_n(buffer + text.size(), padding, '9');
        double mine = 0.0, theirs = 0.0;
        const bool read = read_whole_number(text, mine);
        const bool fits = reference(text, theirs);
        if (read == fits && (!read || bits(mine) == bits(theirs))) continue;
        INFO(std::string{text});
        REQUIRE(read == fits);
        REQUIRE(bits(mine) == bits(theirs));
    }
}

TEST_CASE("a number is written in the shortest text that reads back to the same bits") {
    std::mt19937_64 random{7};
    std::string text;
    for (int i = 0; i < 1'000'000; ++i) {
        const double value = std::bit_cast<double>(random());
        if (!std::isfinite(value)) continue;
        text.clear();
        append_number(text, value);
        double back = 0.0;
        const bool read = parse_number(text, back);
        char shortest[40];
        const auto written =
            std::fabs(value) > largest_exact_integer
                ? std::to_chars(shortest, shortest + sizeof shortest, value, std::chars_format::scientific)
                : std::to_chars(shortest, shortest + sizeof shortest, value);
        if (read && bits(back) == bits(value) && text == std::string_view{shortest, written.ptr}) continue;
        INFO(text);
        REQUIRE(read);
        REQUIRE(bits(back) == bits(value));
        REQUIRE(text == std::string(shortest, written.ptr));
    }
}

TEST_CASE("hard decimals are rounded as from_chars rounds them") {
    // Halfway cases, the smallest normal and subnormal, the largest double, and both sides of the fast path.
    const std::string text = GENERATE(
        "9007199254740993", "9007199254740992.99999", "0.1", "0.3", "2.2250738585072011e-308",
        "2.2250738585072014e-308", "4.9406564584124654e-324", "5e-324", "1.7976931348623157e308",
        "179769313486231570000000000000000000000000000000", "8.5", "1234567.1234567", "12345678.1",
        "1.12345678", "0.00000012", "123456789012345678901234567890", "6.02214076e23", "1e22", "1e23",
        "100000000000000016777215", "100000000000000016777216", "0e400", "0.0e-999999999", "-0.0e10");
    double mine = 0.0, theirs = 0.0;
    REQUIRE(read_whole_number(Padded{text}.text(), mine));
    REQUIRE(reference(text, theirs));
    CHECK(bits(mine) == bits(theirs));
}

TEST_CASE("what is not a JSON number, or does not fit a double, is not read") {
    const std::string text =
        GENERATE("", "-", "+1", ".5", "5.", "01", "-01", "00", "1.", "1.e5", "1e", "1e+", "1e1.5", "0x10",
                 "1,5", "28 .21006347", "1 ", " 1", "1'000", "1_000", "inf", "nan", "NaN", "Infinity", "-inf",
                 "1e400", "-1e400", "1e-400", "2e-324", "1d5", "--1", "1-", "\xD9\xA1", "1\xC2\xA0");
    INFO(text);
    double value = 42.0;
    CHECK_FALSE(parse_number(text, value));
    CHECK_FALSE(read_whole_number(Padded{text}.text(), value));
}

TEST_CASE("a number of thousands of digits takes linear time and has its value") {
    const std::string digits(200'000, '3');
    double value = 0.0;
    CHECK(parse_number("0." + digits, value));
    CHECK(value == 1.0 / 3.0);
    CHECK_FALSE(parse_number(digits, value));  // overflows
    CHECK(is_number(digits));
    CHECK(parse_number(std::string(300, '0').insert(0, "0.") + "1", value));
    CHECK(value == 1e-301);
}

TEST_CASE("the grammar of a number is told from its range") {
    CHECK(is_number("1e400"));
    CHECK(is_number("-1E-4000"));
    CHECK_FALSE(is_number("1e"));
    CHECK_FALSE(is_number("01e5"));
    CHECK_FALSE(is_number("1e5e5"));
    CHECK_FALSE(is_number(""));
}

TEST_CASE("minus zero is written 0, and what is not finite is never written") {
    std::string text;
    append_number(text, -0.0);
    CHECK(text == "0");
    CHECK_THROWS_AS(append_number(text, std::numeric_limits<double>::quiet_NaN()), NotFinite);
    CHECK_THROWS_AS(append_number(text, -std::numeric_limits<double>::infinity()), NotFinite);
    CHECK(text == "0");
}

TEST_CASE("a number beyond 2^53 is written with an exponent, so that a strict reader takes it back") {
    std::string text;
    append_number(text, 9007199254740992.0);
    text += ' ';
    append_number(text, 9007199254740994.0);
    text += ' ';
    append_number(text, -12345678901234567168.0);
    CHECK(text == "9007199254740992 9.007199254740994e+15 -1.2345678901234567e+19");
}

TEST_CASE("whole numbers are written in full") {
    std::string text;
    append_number(text, std::numeric_limits<std::int64_t>::min());
    CHECK(text == "-9223372036854775808");
}
