// The Hill estimator of a tail's index. Hill (1975), Annals of Statistics 3(5).
#pragma once

#include <cstddef>
#include <span>

#include "core/result.hpp"

namespace tidemark::stats {

struct HillTail {
    double shape;  // xi, the mean log excess
    double index;  // alpha = 1/xi
};

/// Mean of ln x over the k largest, less ln of the next. Fails with not_enough_data unless 1 <= k < n,
/// out_of_domain unless the k + 1 largest are above 0 and not all equal.
Result<HillTail> hill(std::span<const double> losses, std::size_t k);

}  // namespace tidemark::stats
