// Accounts that came twice under one market: which of the two holds, nobody can tell.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace tidemark::stream {

class RepeatedIds {
public:
    void add(std::string_view id);
    /// The market has changed: an account that comes again is its later state.
    void begin_market() { seen_.clear(); }
    [[nodiscard]] bool any() const { return count_ > 0; }
    /// One line that names the first of them, and the remedy.
    [[nodiscard]] std::string text() const;

private:
    static constexpr std::size_t most_named = 10;

    std::unordered_set<std::string> seen_;
    std::vector<std::string> named_;
    std::int64_t count_ = 0;  // lines too many
};

}  // namespace tidemark::stream
