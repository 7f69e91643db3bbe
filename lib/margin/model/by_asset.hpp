// Parameters that a policy gives by asset, "*" standing for every asset it does not name.
#pragma once

#include <string_view>

#include "policy/document.hpp"

namespace tidemark::margin {

inline constexpr std::string_view every_other_asset = "*";

/// The entry of that asset, of "*", or `missing` where the table has neither.
inline double by_asset(const policy::Table& table, std::string_view asset, double missing) {
    auto found = table.find(asset);
    if (found == table.end()) found = table.find(every_other_asset);
    return found == table.end() ? missing : found->second;
}

}  // namespace tidemark::margin
