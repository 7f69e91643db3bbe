#include "stream/law/repeated_ids.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tidemark::stream {

void RepeatedIds::add(std::string_view id) {
    if (seen_.emplace(id).second) return;
    ++count_;
    if (named_.size() < most_named && std::find(named_.begin(), named_.end(), id) == named_.end())
        named_.emplace_back(id);
}

std::string RepeatedIds::text() const {
    constexpr std::string_view remedy = "is a file given twice, or one of another day beside it?";
    return fmt::format("want each account once under one market, got {} line{} too many: {} ({})", count_,
                       count_ == 1 ? "" : "s", fmt::join(named_, ", "), remedy);
}

}  // namespace tidemark::stream
