// Values to bytes and back, field by field: little-endian, of one width on every machine, no padding. So
// equal values are equal bytes, and how a compiler lays a struct out does not matter.
//
// A struct that is kept names its fields once, for both ways:
//
//     static constexpr auto stored() { return std::tuple{&T::count, &T::sum}; }
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "core/measure.hpp"
#include "core/time.hpp"

namespace tidemark {

/// bool apart, as its byte is 0 or 1.
template <class T>
concept WholeNumber = std::integral<T> && !std::same_as<T, bool>;

static_assert(sizeof(int) == 4 && sizeof(std::size_t) == 8,
              "the width of what is stored is that of its type");

class ByteSink {
public:
    template <WholeNumber T>
    void put(T value) {
        auto rest = static_cast<std::make_unsigned_t<T>>(value);
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            bytes_ += static_cast<char>(static_cast<unsigned char>(rest & 0xffU));
            if constexpr (sizeof(T) > 1) rest = static_cast<std::make_unsigned_t<T>>(rest >> 8U);
        }
    }
    void put(std::same_as<bool> auto value) { bytes_ += value ? '\1' : '\0'; }
    void put(double value) { put(std::bit_cast<std::uint64_t>(value)); }
    void put(Timestamp value) { put(value.ms); }
    template <class Tag>
    void put(Measure<Tag> value) {
        put(value.value());
    }
    template <class Word>
    requires std::is_enum_v<Word>
    void put(Word value) { put(static_cast<std::uint8_t>(value)); }
    template <class T>
    void put(const std::optional<T>& value) {
        put(value.has_value());
        if (value) put(*value);
    }
    template <class T, std::size_t size>
    void put(const std::array<T, size>& values) {
        for (const T& value : values) put(value);
    }
    template <class T, class... Fields>
    void put_fields(const T& value, const std::tuple<Fields...>& fields) {
        std::apply([&](auto... field) { (put(value.*field), ...); }, fields);
    }
    template <class T>
    requires requires { T::stored(); }
    void put(const T& value) { put_fields(value, T::stored()); }

    void put_text(std::string_view text) {
        put(static_cast<std::uint64_t>(text.size()));
        bytes_.append(text);
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

/// Each get is false where the bytes are at their end or are none of such a value.
class ByteSource {
public:
    explicit ByteSource(std::string_view bytes) : bytes_{bytes} {}

    template <WholeNumber T>
    [[nodiscard]] bool get(T& value) {
        if (bytes_.size() < sizeof(T)) return false;
        std::uint64_t whole = 0;
        for (std::size_t i = sizeof(T); i-- > 0;) whole = whole << 8U | static_cast<unsigned char>(bytes_[i]);
        value = static_cast<T>(whole);
        bytes_.remove_prefix(sizeof(T));
        return true;
    }
    [[nodiscard]] bool get(bool& value) {
        std::uint8_t byte = 0;
        if (!get(byte) || byte > 1) return false;
        value = byte == 1;
        return true;
    }
    [[nodiscard]] bool get(double& value) {
        std::uint64_t bits = 0;
        if (!get(bits)) return false;
        value = std::bit_cast<double>(bits);
        return true;
    }
    [[nodiscard]] bool get(Timestamp& value) { return get(value.ms); }
    template <class Tag>
    [[nodiscard]] bool get(Measure<Tag>& value) {
        double plain = 0.0;
        if (!get(plain)) return false;
        value = Measure<Tag>{plain};
        return true;
    }
    /// `last` is the greatest of the words.
    template <class Word>
    requires std::is_enum_v<Word>
    [[nodiscard]] bool get_word(Word& value, Word last) {
        std::uint8_t byte = 0;
        if (!get(byte) || byte > static_cast<std::uint8_t>(last)) return false;
        value = static_cast<Word>(byte);
        return true;
    }
    template <class T>
    [[nodiscard]] bool get(std::optional<T>& value) {
        bool there = false;
        if (!get(there)) return false;
        value.reset();
        return !there || get(value.emplace());
    }
    template <class T, std::size_t size>
    [[nodiscard]] bool get(std::array<T, size>& values) {
        for (T& value : values) {
            if (!get(value)) return false;
        }
        return true;
    }
    template <class T, class... Fields>
    [[nodiscard]] bool get_fields(T& value, const std::tuple<Fields...>& fields) {
        return std::apply([&](auto... field) { return (get(value.*field) && ...); }, fields);
    }
    /// Fields that are not stored stay as they were.
    template <class T>
    requires requires { T::stored(); }
    [[nodiscard]] bool get(T& value) { return get_fields(value, T::stored()); }

    template <class First, class Second, class... Rest>
    [[nodiscard]] bool get(First& first, Second& second, Rest&... rest) {
        return get(first) && get(second) && (get(rest) && ...);
    }
    [[nodiscard]] bool get_text(std::string& text) {
        std::string_view view;
        if (!get_view(view)) return false;
        text.assign(view);
        return true;
    }
    /// Into the bytes themselves.
    [[nodiscard]] bool get_view(std::string_view& text) {
        std::uint64_t size = 0;
        if (!get(size) || bytes_.size() < size) return false;
        text = bytes_.substr(0, static_cast<std::size_t>(size));
        bytes_.remove_prefix(static_cast<std::size_t>(size));
        return true;
    }
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }

private:
    std::string_view bytes_;
};

}  // namespace tidemark
