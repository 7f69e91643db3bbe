// Words of our own, cut where a reader of the record would refuse them.
#pragma once

#include <string>
#include <string_view>

#include "json/reader.hpp"

namespace tidemark::convert {

/// The text, or its beginning and "..." where it is longer than a text of a record may be.
inline std::string clip_text(std::string_view text) {
    constexpr std::string_view more = "...";
    if (text.size() <= json::largest_identifier) return std::string{text};
    return std::string{text.substr(0, json::largest_identifier - more.size())} + std::string{more};
}

}  // namespace tidemark::convert
