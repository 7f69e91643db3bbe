#include "json/escape.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace tidemark::json {
namespace {

constexpr int no_digit = -1;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return no_digit;
}

/// The four hex digits at `at`; no_digit where they are not.
int code_unit(std::string_view body, std::size_t at) {
    if (at + 4 > body.size()) return no_digit;
    int unit = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        const int d = hex_digit(body[i]);
        if (d == no_digit) return no_digit;
        unit = unit * 16 + d;
    }
    return unit;
}

bool high_surrogate(int unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}
bool low_surrogate(int unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

/// The character of the \u escape whose digits begin at `at`, stepping over what it used; no_digit where it
/// is not a character.
int take_unicode(std::string_view body, std::size_t& at) {
    const int unit = code_unit(body, at);
    if (unit <= 0 || low_surrogate(unit)) return no_digit;
    at += 4;
    if (!high_surrogate(unit)) return unit;
    if (body.substr(at, 2) != "\\u") return no_digit;
    const int low = code_unit(body, at + 2);
    if (!low_surrogate(low)) return no_digit;
    at += 6;
    return 0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00);
}

void append_utf8(std::string& out, int character) {
    const auto c = static_cast<unsigned>(character);
    const auto put = [&out](unsigned byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0U | (c >> 6));
        put(0x80U | (c & 63U));
    } else if (c < 0x10000) {
        put(0xE0U | (c >> 12));
        put(0x80U | ((c >> 6) & 63U));
        put(0x80U | (c & 63U));
    } else {
        put(0xF0U | (c >> 18));
        put(0x80U | ((c >> 12) & 63U));
        put(0x80U | ((c >> 6) & 63U));
        put(0x80U | (c & 63U));
    }
}

char plain_escape(char c) {
    switch (c) {
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case '"':
        case '\\':
        case '/':
            return c;
        default:
            return '\0';
    }
}

/// Length of the UTF-8 character at `at` and its number; length 0 where there is none.
std::size_t utf8_character(std::string_view text, std::size_t at, std::uint32_t& character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(at);
    const std::size_t length = first < 0x80    ? 1
                               : first >= 0xF0 ? 4
                               : first >= 0xE0 ? 3
                               : first >= 0xC2 ? 2
                                               : 0;
    if (length == 0 || first > 0xF4 || at + length > text.size()) return 0;
    character = length == 1 ? first : first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) return 0;
        character = (character << 6) | (byte(at + i) & 63U);
    }
    return length;
}

bool unsafe_to_show(std::uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD;
}

}  // namespace

bool valid_escapes(std::string_view body) {
    for (std::size_t at = body.find('\\'); at != std::string_view::npos; at = body.find('\\', at)) {
        if (at + 1 >= body.size()) return false;
        const char c = body[at + 1];
        at += 2;
        if (c == 'u') {
            if (take_unicode(body, at) == no_digit) return false;
        } else if (plain_escape(c) == '\0') {
            return false;
        }
    }
    return true;
}

void unescape(std::string& out, std::string_view body) {
    for (std::size_t at = 0; at < body.size();) {
        if (body[at] != '\\') {
            out += body[at++];
        } else if (body[at + 1] == 'u') {
            at += 2;
            append_utf8(out, take_unicode(body, at));
        } else {
            out += plain_escape(body[at + 1]);
            at += 2;
        }
    }
}

std::size_t first_not_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        std::uint32_t character = 0;
        const std::size_t length = utf8_character(text, at, character);
        const bool overlong = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
        const bool surrogate = character >= 0xD800 && character < 0xE000;
        if (length == 0 || overlong || surrogate || character > 0x10FFFF) return at;
        at += length;
    }
    return text.size();
}

std::string printable(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::uint32_t character = 0;
        const std::size_t length = utf8_character(text, at, character);
        if (length == 0) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at++]));
            continue;
        }
        if (unsafe_to_show(character)) {
            out += fmt::format("\\u{{{:x}}}", character);
        } else {
            out.append(text.substr(at, length));
        }
        at += length;
    }
    return out;
}

}  // namespace tidemark::json
