// Documents of JSON (policies, model files), read as strictly as the lines of a stream are.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/result.hpp"

namespace tidemark::policy {

inline constexpr std::size_t largest_document = std::size_t{1} << 20;  // bytes
inline constexpr std::size_t deepest_level = 32;

/// The object that the text is. Fails with policy, saying what was wanted, where the text is larger or deeper
/// than that, is not UTF-8 or not one object, or where a name comes twice in an object, a number is no
/// double, a whole number is beyond 2^53, or a name or text has a control character in it, by escape or not.
Result<nlohmann::json> strict_json(std::string_view text);

/// Whether a word is one that strict_json would let through: UTF-8 without control characters.
bool plain_word(std::string_view word);

}  // namespace tidemark::policy
