#include "json/number.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace tidemark::json {
namespace {

bool digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr std::array<double, 23> power_of_ten = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr auto integer_power = [] {
    std::array<std::uint64_t, 17> all{1};
    for (std::size_t i = 1; i < all.size(); ++i) all[i] = all[i - 1] * 10;
    return all;
}();

/// The decimal digits that eight bytes begin with: how many, and their value. No branch on the digits, since
/// prices have as many lengths as a branch predictor has wrong guesses.
inline unsigned leading_digits(const char* p, std::uint64_t& value) {
    std::uint64_t word = 0;
    std::memcpy(&word, p, sizeof word);
    word ^= 0x3030303030303030ULL;  // digits become 0..9, all else has a high nibble or exceeds 9
    const std::uint64_t other = ((word + 0x7676767676767676ULL) | word) & 0x8080808080808080ULL;
    const unsigned count = other != 0 ? static_cast<unsigned>(std::countr_zero(other)) / 8 : 8;
    word = count != 0 ? word << (64 - 8 * count) : 0;
    word = word * 10 + (word >> 8);  // pairs
    value = (((word & 0x000000FF000000FFULL) * 0x000F424000000064ULL) +
             (((word >> 16) & 0x000000FF000000FFULL) * 0x0000271000000001ULL)) >>
            32;
    return count;
}

/// The same for up to sixteen; sixteen may mean more.
inline unsigned digit_run(const char* p, std::uint64_t& value) {
    const unsigned count = leading_digits(p, value);
    if (count < 8) return count;
    std::uint64_t rest = 0;
    const unsigned more = leading_digits(p + 8, rest);
    value = value * integer_power[more] + rest;
    return 8 + more;
}

/// Grammar only: where the number at p ends, or null.
const char* number_end(const char* p, const char* end) {
    if (p != end && *p == '-') ++p;
    if (p == end || !digit(*p)) return nullptr;
    if (*p == '0') {
        ++p;
    } else {
        while (p != end && digit(*p)) ++p;
    }
    if (p != end && *p == '.') {
        ++p;
        if (p == end || !digit(*p)) return nullptr;
        while (p != end && digit(*p)) ++p;
    }
    if (p != end && (*p == 'e' || *p == 'E')) {
        ++p;
        if (p != end && (*p == '+' || *p == '-')) ++p;
        if (p == end || !digit(*p)) return nullptr;
        while (p != end && digit(*p)) ++p;
    }
    return p;
}

const char* read_any_number(const char* p, const char* end, double& value) {
    const char* stop = number_end(p, end);
    if (stop == nullptr) return nullptr;
    const auto [after, code] = std::from_chars(p, stop, value);
    return code == std::errc{} && after == stop ? stop : nullptr;
}

void append_escape(std::string& out, char c) {
    static constexpr std::string_view hex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
    } else if (c == '\n') {
        out += "\\n";
    } else if (c == '\t') {
        out += "\\t";
    } else if (c == '\r') {
        out += "\\r";
    } else {
        out += "\\u00";
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
}

}  // namespace

const char* read_number(const char* p, const char* end, double& value) {
    // Up to 15 digits in all: the mantissa and the power of ten are exact, so one division rounds once, as
    // from_chars would (Clinger's fast path). Everything else goes the long way.
    const char* const start = p;
    const bool negative = p != end && *p == '-';
    if (negative) ++p;
    std::uint64_t whole = 0, part = 0;
    const unsigned before = digit_run(p, whole);
    if (before == 0 || (before > 1 && *p == '0')) return read_any_number(start, end, value);
    p += before;
    unsigned after = 0;
    if (*p == '.') {
        after = digit_run(p + 1, part);
        if (after == 0) return read_any_number(start, end, value);
        p += 1 + after;
    }
    if (before + after > 15 || *p == 'e' || *p == 'E' || p > end) return read_any_number(start, end, value);
    const auto mantissa = static_cast<double>(static_cast<std::int64_t>(whole * integer_power[after] + part));
    const double magnitude = mantissa / power_of_ten[after];
    value = std::bit_cast<double>(std::bit_cast<std::uint64_t>(magnitude) ^ (std::uint64_t{negative} << 63));
    return p;
}

bool is_number(std::string_view text) {
    const char* const end = text.data() + text.size();
    return !text.empty() && number_end(text.data(), end) == end;
}

bool read_whole_number(std::string_view text, double& value) {
    const char* const end = text.data() + text.size();
    return !text.empty() && read_number(text.data(), end, value) == end;
}

bool parse_number(std::string_view text, double& value) {
    std::string padded;
    padded.reserve(text.size() + padding);
    padded.append(text).append(padding, '\0');
    return read_whole_number(std::string_view{padded.data(), text.size()}, value);
}

void append_number(std::string& out, double value) {
    if (!std::isfinite(value)) throw NotFinite{};
    if (value == 0.0) {
        out += '0';
        return;
    }
    char text[40];
    const auto [end, code] =
        std::fabs(value) > largest_exact_integer
            ? std::to_chars(text, text + sizeof text, value, std::chars_format::scientific)
            : std::to_chars(text, text + sizeof text, value);
    if (code != std::errc{}) throw std::logic_error("a number did not fit its text");
    out.append(text, static_cast<std::size_t>(end - text));
}

void append_number(std::string& out, std::int64_t value) {
    char text[24];
    const auto [end, code] = std::to_chars(text, text + sizeof text, value);
    if (code != std::errc{}) throw std::logic_error("a number did not fit its text");
    out.append(text, static_cast<std::size_t>(end - text));
}

void append_quoted(std::string& out, std::string_view text) {
    const auto stays = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f;
    };
    // Nearly every text stays as it is: then it grows the line once, and not three times.
    const std::size_t begin = out.size();
    if (std::ranges::all_of(text, stays)) {
        out.append(text.size() + 2, '"');
        text.copy(out.data() + begin + 1, text.size());
        return;
    }
    out += '"';
    for (const char c : text) {
        if (stays(c)) {
            out += c;
        } else {
            append_escape(out, c);
        }
    }
    out += '"';
}

}  // namespace tidemark::json
