// Names that were probably meant to be others.
#pragma once

#include <span>
#include <string_view>

namespace tidemark {

/// The known name that `name` is probably meant to be, or empty: the same letters in another case or with
/// other separators, or within two edits for a long name and one for a short one.
std::string_view near_miss(std::string_view name, std::span<const std::string_view> known);

}  // namespace tidemark
