// Enumerations that are written out: the words of each, and values kept one for each word.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace tidemark {

/// The words of an enumeration, in the order of its values: specialise with a `list` for each that is
/// written.
template <class E>
struct Words;

template <class E>
inline constexpr std::size_t word_count = Words<E>::list.size();

template <class E>
constexpr std::string_view word(E value) {
    return Words<E>::list[static_cast<std::size_t>(value)];
}

/// The value of a word; none where it is not one of them.
template <class E>
constexpr std::optional<E> named(std::string_view text) {
    for (std::size_t i = 0; i < word_count<E>; ++i) {
        if (Words<E>::list[i] == text) return static_cast<E>(i);
    }
    return std::nullopt;
}

/// Every value of the enumeration, in order.
template <class E>
constexpr auto every() {
    std::array<E, word_count<E>> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<E>(i);
    return all;
}

/// One amount for each value of an enumeration.
template <class E>
struct ByWord {
    std::array<double, word_count<E>> amounts{};

    constexpr double& operator[](E at) { return amounts[static_cast<std::size_t>(at)]; }
    constexpr double operator[](E at) const { return amounts[static_cast<std::size_t>(at)]; }

    friend bool operator==(const ByWord&, const ByWord&) = default;
};

}  // namespace tidemark
