// Escapes in JSON strings, and text made safe to show.
#pragma once

#include <string>
#include <string_view>

namespace tidemark::json {

/// True where every backslash in a string's body begins one of JSON's own escapes, surrogates come in pairs,
/// and none of them is NUL.
bool valid_escapes(std::string_view body);

/// Appends the characters that a valid body spells, as UTF-8.
void unescape(std::string& out, std::string_view body);

/// Where the first byte stands that is no part of a UTF-8 character; the end where there is none.
std::size_t first_not_utf8(std::string_view text);

/// Text from outside made safe for a terminal or a message: control characters, and the invisible and
/// direction-changing ones of Unicode, are written \u{..}; what is not UTF-8 is written \x..
std::string printable(std::string_view text);

}  // namespace tidemark::json
