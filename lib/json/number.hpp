// Numbers as text: read exactly, written shortest. The same value as std::from_chars and std::to_chars,
// to the bit, in any locale.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tidemark::json {

/// Bytes that must be readable after any text given to read_number.
inline constexpr std::size_t padding = 64;

/// 2^53: the digits of a larger integer may not be those of its double, so none is read or written as digits.
inline constexpr double largest_exact_integer = 9007199254740992.0;

/// The JSON number at p: its value, and where it ends. Null where the text is not a JSON number, overflows,
/// or is not zero but underflows to it. Reads up to `padding` bytes beyond the number.
const char* read_number(const char* p, const char* end, double& value);

/// True where the text is one JSON number, whatever its size.
bool is_number(std::string_view text);

/// A whole text that is one JSON number (a decimal string such as "0.00012"). Needs the padding too.
bool read_whole_number(std::string_view text, double& value);

/// The same for text that has no padding after it; copies where it must.
bool parse_number(std::string_view text, double& value);

/// Thrown where a figure that is to be written has no text: what it belongs to has no figures, and no more.
class NotFinite : public std::range_error {
public:
    NotFinite() : std::range_error{"a figure is beyond what a double holds"} {}
};

/// Appends the shortest text that reads back as the same value, with an exponent beyond 2^53; -0 is written
/// 0. Throws NotFinite.
void append_number(std::string& out, double value);
void append_number(std::string& out, std::int64_t value);

/// Appends text as a JSON string with its quotes.
void append_quoted(std::string& out, std::string_view text);

}  // namespace tidemark::json
