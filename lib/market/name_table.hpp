// Names to dense numbers: symbols and assets become small integers where they enter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::market {

/// Numbers names from 0 in the order they come. Looking one up allocates nothing.
class NameTable {
public:
    NameTable() : slots_(64, empty) {}

    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const {
        const std::uint32_t id = slots_[slot_of(name)];
        return id == empty ? std::nullopt : std::optional{id};
    }

    /// The number of the name, a new one where it has none.
    std::uint32_t intern(std::string_view name) {
        const std::size_t slot = slot_of(name);
        if (slots_[slot] != empty) return slots_[slot];
        const auto id = static_cast<std::uint32_t>(names_.size());
        names_.emplace_back(name);
        hashes_.push_back(hash(name));
        slots_[slot] = id;
        if (names_.size() * 2 > slots_.size()) grow();
        return id;
    }

    [[nodiscard]] const std::string& name(std::uint32_t id) const { return names_[id]; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

private:
    static constexpr std::uint32_t empty = UINT32_MAX;

    static std::uint64_t hash(std::string_view name);

    [[nodiscard]] std::size_t slot_of(std::string_view name) const {
        const std::uint64_t h = hash(name);
        const std::size_t mask = slots_.size() - 1;
        std::size_t slot = static_cast<std::size_t>(h) & mask;
        while (slots_[slot] != empty && (hashes_[slots_[slot]] != h || names_[slots_[slot]] != name))
            slot = (slot + 1) & mask;
        return slot;
    }

    void grow();

    std::vector<std::string> names_;
    std::vector<std::uint64_t> hashes_;
    std::vector<std::uint32_t> slots_;  // a power of two, at most half full
};

}  // namespace tidemark::market
