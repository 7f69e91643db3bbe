// What prices, strikes, volatilities and terms have to be.
#pragma once

#include <cmath>

namespace tidemark {

inline bool is_positive(double x) {
    return x > 0.0 && std::isfinite(x);
}

}  // namespace tidemark
