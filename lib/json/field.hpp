// A record's field: its JSON name, where it is kept, what it means, and what values it may have.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "core/words.hpp"

namespace tidemark::json {

/// The values a number may have. Beyond these lies a wrong unit or a broken producer, never a market.
enum class Rule { any, positive, not_negative, fraction, correlation, vol };

template <class Record, class T>
struct Field {
    using Value = T;
    std::string_view name;
    T Record::*member;
    std::string_view meaning;
    Rule rule;
};

template <class Record, class T>
constexpr Field<Record, T> field(std::string_view name, T Record::*member, std::string_view meaning,
                                 Rule rule = Rule::any) {
    return {name, member, meaning, rule};
}

/// Anything with a static fields() is a record or a part of one.
template <class T>
concept Record = requires {
    T::fields();
};

template <class T>
inline constexpr std::size_t field_count = std::tuple_size_v<decltype(T::fields())>;

/// The names of a record's fields, in order.
template <Record T>
constexpr auto field_names() {
    return std::apply([](const auto&... f) { return std::array<std::string_view, sizeof...(f)>{f.name...}; },
                      T::fields());
}

}  // namespace tidemark::json
