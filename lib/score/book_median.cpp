#include "score/book_median.hpp"

#include <algorithm>
#include <cmath>

namespace tidemark::score {
namespace {

std::vector<double> sorted(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values;
}

}  // namespace

BookMedian::Closed BookMedian::close() const {
    if (all_.empty()) return {};
    const std::vector<double> ascending = sorted(all_);
    const std::size_t middle = ascending.size() / 2;
    const double reference =
        ascending.size() % 2 == 1 ? ascending[middle] : std::sqrt(ascending[middle - 1] * ascending[middle]);
    return {reference, static_cast<std::int64_t>(ascending.size())};
}

void BookMedian::save(ByteSink& out) const {
    out.put(static_cast<std::uint64_t>(all_.size()));
    for (const double probability : sorted(all_)) out.put(probability);
}

bool BookMedian::load(ByteSource& in) {
    std::uint64_t count = 0;
    if (!in.get(count)) return false;
    all_.clear();
    for (std::uint64_t i = 0; i < count; ++i) {
        double probability = 0.0;
        if (!in.get(probability)) return false;
        all_.push_back(probability);
    }
    return true;
}

}  // namespace tidemark::score
