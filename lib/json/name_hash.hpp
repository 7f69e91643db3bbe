// A number for a member name, so that names are compared as integers first.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tidemark::json {

namespace detail {

constexpr std::uint64_t mixed(std::uint64_t first, std::uint64_t last, std::size_t size) {
    const std::uint64_t h = (first ^ (std::rotl(last, 29) + size)) * 0x9E3779B97F4A7C15ULL;
    return h ^ (h >> 29);
}

}  // namespace detail

/// Of the first and last eight bytes and the length: equal names have equal hashes.
constexpr std::uint64_t name_hash(std::string_view name) {
    std::uint64_t first = 0, last = 0;
    for (std::size_t i = 0; i < name.size() && i < 8; ++i)
        first |= std::uint64_t{static_cast<unsigned char>(name[i])} << (8 * i);
    for (std::size_t i = 0; name.size() > 8 && i < 8; ++i)
        last |= std::uint64_t{static_cast<unsigned char>(name[name.size() - 8 + i])} << (8 * i);
    return detail::mixed(first, last, name.size());
}

/// The same, of a name with at least eight readable bytes from its start (little-endian).
inline std::uint64_t padded_name_hash(const char* name, std::size_t size) {
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t first = 0, last = 0;
    std::memcpy(&first, name, 8);
    if (size < 8) {
        first &= size == 0 ? 0 : ~std::uint64_t{0} >> (64 - 8 * size);
    } else if (size > 8) {
        std::memcpy(&last, name + size - 8, 8);
    }
    return detail::mixed(first, last, size);
}

}  // namespace tidemark::json
