#include "stats/distributions/hill.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "core/errors.hpp"

namespace tidemark::stats {

Result<HillTail> hill(std::span<const double> losses, std::size_t k) {
    if (k == 0 || k >= losses.size()) {
        return not_enough_data(fmt::format("hill wants 1 <= k < {}, got {}", losses.size(), k));
    }
    std::vector<double> largest(k + 1);
    std::partial_sort_copy(losses.begin(), losses.end(), largest.begin(), largest.end(), std::greater<>{});
    if (!(largest[k] > 0.0)) {
        return out_of_domain(
            fmt::format("hill wants the {} largest losses above 0, got {}", k + 1, largest[k]));
    }
    double sum = 0.0;
    for (std::size_t i = 0; i < k; ++i) sum += std::log(largest[i] / largest[k]);
    const double shape = sum / static_cast<double>(k);
    if (!(shape > 0.0)) return out_of_domain("hill wants losses that differ");
    return HillTail{shape, 1.0 / shape};
}

}  // namespace tidemark::stats
