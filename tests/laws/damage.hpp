// What can happen to a line of a market file on its way: the ways in which the deletion law damages it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tidemark::laws {

struct Damage {
    std::string_view name;
    /// The line as it then reads; empty where it is gone, none where there is nothing in it to damage.
    std::optional<std::string> (*of)(const std::string& line);
};

std::span<const Damage> damages();

}  // namespace tidemark::laws
