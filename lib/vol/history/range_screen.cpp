#include "vol/history/range_screen.hpp"

#include <algorithm>
#include <cmath>

namespace tidemark::vol {
namespace {

/// The least value whose counts up to it hold half of all.
template <class Counts>
std::size_t median_of(const Counts& counts, std::int64_t all) {
    std::int64_t below = 0;
    std::size_t at = 0;
    for (; at + 1 < counts.size(); ++at) {
        below += counts[at];
        if (2 * below >= all) break;
    }
    return at;
}

}  // namespace

std::size_t RangeScreen::limit() const {
    const std::size_t median = median_of(counts_, count_);
    std::array<std::int64_t, bins> distances{};
    for (std::size_t i = 0; i < bins; ++i) distances[i > median ? i - median : median - i] += counts_[i];
    // Ranges of a tick or two hardly deviate; half an octave is the least that is believed.
    const std::size_t deviation = std::max<std::size_t>(median_of(distances, count_), 4);
    const double above = deviations * 1.4826 * static_cast<double>(deviation);
    return median + static_cast<std::size_t>(std::ceil(above));
}

}  // namespace tidemark::vol
