#include "market/name_table.hpp"

namespace tidemark::market {

std::uint32_t NameTable::intern(std::string_view name) {
    const std::uint64_t h = hash(name);
    Slot& slot = slots_[slot_of(name, h)];
    if (slot.id != empty) return slot.id;
    const auto id = static_cast<std::uint32_t>(names_.size());
    names_.emplace_back(name);
    slot.hash = h;
    slot.id = id;
    slot.size = static_cast<std::uint8_t>(name.size());
    if (name.size() <= sizeof slot.text) std::memcpy(slot.text, name.data(), name.size());
    if (names_.size() * 2 > slots_.size()) grow();
    return id;
}

std::optional<std::uint32_t> NameTable::intern(std::string_view name, std::size_t most) {
    return size() < most ? intern(name) : find(name);
}

void NameTable::grow() {
    std::vector<Slot> before(slots_.size() * 2);
    before.swap(slots_);
    for (const Slot& slot : before) {
        if (slot.id != empty) slots_[slot_of(names_[slot.id], slot.hash)] = slot;
    }
}

}  // namespace tidemark::market
