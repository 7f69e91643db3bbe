// Names to dense numbers: symbols and assets become small integers where they enter.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::market {

/// Numbers names from 0 in the order they come. Looking one up allocates nothing.
class NameTable {
public:
    NameTable() : slots_(64) {}

    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const {
        const Slot& slot = slots_[slot_of(name, hash(name))];
        return slot.id == empty ? std::nullopt : std::optional{slot.id};
    }

    /// The number of the name, a new one where it has none.
    std::uint32_t intern(std::string_view name);
    /// The same where there are fewer than `most` names; none, and nothing taken in, for a new one beyond.
    std::optional<std::uint32_t> intern(std::string_view name, std::size_t most);

    [[nodiscard]] const std::string& name(std::uint32_t id) const { return names_[id]; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

private:
    static constexpr std::uint32_t empty = UINT32_MAX;

    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t id = empty;
        std::uint8_t size = 0;
        char text[51] = {};
    };
    static bool same(const Slot& slot, std::string_view name, const std::string& whole) {
        if (name.size() > sizeof slot.text) return whole == name;
        return slot.size == name.size() && std::memcmp(slot.text, name.data(), name.size()) == 0;
    }

    static std::uint64_t hash(std::string_view name) {
        std::uint64_t h = name.size() * 0x9E3779B97F4A7C15ULL;
        std::size_t i = 0;
        for (; i + 8 <= name.size(); i += 8) h = mix(h, name.data() + i, 8);
        return i < name.size() ? mix(h, name.data() + i, name.size() - i) : h;
    }
    static std::uint64_t mix(std::uint64_t h, const char* bytes, std::size_t count) {
        std::uint64_t word = 0;
        if (count == 8) {
            std::memcpy(&word, bytes, 8);
        } else {
            for (std::size_t i = 0; i < count; ++i)
                word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
        }
        h = (h ^ word) * 0xD6E8FEB86659FD93ULL;
        return h ^ (h >> 32);
    }

    [[nodiscard]] std::size_t slot_of(std::string_view name, std::uint64_t h) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t slot = static_cast<std::size_t>(h) & mask;
        while (slots_[slot].id != empty &&
               (slots_[slot].hash != h || !same(slots_[slot], name, names_[slots_[slot].id])))
            slot = (slot + 1) & mask;
        return slot;
    }

    void grow();

    std::vector<std::string> names_;
    std::vector<Slot> slots_;  // a power of two, at most half full
};

}  // namespace tidemark::market
