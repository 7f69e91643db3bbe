#include "policy/parameter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tidemark::policy {
namespace {

/// What the endings of names stand for.
constexpr std::pair<std::string_view, std::string_view> endings[] = {
    {"_seconds", "seconds"},    {"_minutes", "minutes"},     {"_days", "days"},
    {"_years", "years"},        {"_rate", "fraction"},       {"_rates", "fraction"},
    {"_share", "fraction"},     {"_haircut", "fraction"},    {"haircuts", "fraction"},
    {"_fractions", "of range"}, {"_value", "money"},         {"_vol", "annual volatility"},
    {"_factor", "times"},       {"_factors", "times"},       {"_multiple", "times"},
    {"_multiples", "times"},    {"_weight", "times"},        {"_weights", "times"},
    {"_ratio", "times"},        {"_probability", "fraction"}};

std::string_view unit_of_name(std::string_view name) {
    const auto* const found = std::find_if(std::begin(endings), std::end(endings),
                                           [&](const auto& entry) { return name.ends_with(entry.first); });
    return found == std::end(endings) ? std::string_view{} : found->second;
}

}  // namespace

std::string ParamText::unit_text() const {
    if (shape == Shape::word) return "word";
    if (shape == Shape::words) return "names";
    const std::string_view each = unit.empty() ? unit_of_name(name) : unit;
    return fmt::format("{}{}", each,
                       shape == Shape::numbers ? ", list"
                       : shape == Shape::table ? ", by name"
                                               : "");
}

std::string ParamText::bounds_text() const {
    return has_bounds() ? fmt::format("{} to {}", low, high) : std::string{};
}

}  // namespace tidemark::policy
