#include "core/near_miss.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace tidemark {
namespace {

char folded(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string letters(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c != '_' && c != '-' && c != ' ' && c != '.') out += folded(c);
    }
    return out;
}

/// Edits (insert, delete, replace, swap of neighbours) from a to b.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(now);
    }
    return last[b.size()];
}

}  // namespace

std::string_view near_miss(std::string_view name, std::span<const std::string_view> known) {
    const std::string mine = letters(name);
    for (const std::string_view candidate : known) {
        const std::string theirs = letters(candidate);
        const std::size_t length = std::max(mine.size(), theirs.size());
        const std::size_t edits = length >= 7 ? 2 : length >= 4 ? 1 : 0;
        if (mine == theirs || (edits > 0 && edit_distance(mine, theirs) <= edits)) return candidate;
    }
    return {};
}

}  // namespace tidemark
