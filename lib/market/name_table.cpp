#include "market/name_table.hpp"

#include <algorithm>
#include <cstring>

namespace tidemark::market {

std::uint64_t NameTable::hash(std::string_view name) {
    std::uint64_t h = name.size() * 0x9E3779B97F4A7C15ULL;
    for (std::size_t i = 0; i < name.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, name.data() + i, std::min<std::size_t>(8, name.size() - i));
        h = (h ^ word) * 0xD6E8FEB86659FD93ULL;
        h ^= h >> 32;
    }
    return h;
}

void NameTable::grow() {
    slots_.assign(slots_.size() * 2, empty);
    const std::size_t mask = slots_.size() - 1;
    for (std::uint32_t id = 0; id < names_.size(); ++id) {
        std::size_t slot = static_cast<std::size_t>(hashes_[id]) & mask;
        while (slots_[slot] != empty) slot = (slot + 1) & mask;
        slots_[slot] = id;
    }
}

}  // namespace tidemark::market
