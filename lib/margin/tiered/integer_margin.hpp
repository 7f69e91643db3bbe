// Whole-number arithmetic of the venues that settle on chain: parts per million, quanta, floors and ceilings.
#pragma once

#include <cstdint>

namespace tidemark::margin {

/// Wide enough for a product of two venue amounts.
__extension__ typedef __int128 Wide;

inline constexpr std::int64_t one_million = 1'000'000;

/// a / b towards minus infinity; b > 0.
constexpr Wide floor_div(Wide a, Wide b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// a / b towards plus infinity; b > 0.
constexpr Wide ceil_div(Wide a, Wide b) {
    return -floor_div(-a, b);
}

/// amount x ppm / 1e6, rounded down.
constexpr Wide ppm_floor(Wide amount, Wide ppm) {
    return floor_div(amount * ppm, one_million);
}

/// amount x ppm / 1e6, rounded up.
constexpr Wide ppm_ceil(Wide amount, Wide ppm) {
    return ceil_div(amount * ppm, one_million);
}

constexpr Wide magnitude(Wide a) {
    return a < 0 ? -a : a;
}

/// 10^exponent; exponent 0 to 38.
constexpr Wide power_of_ten(int exponent) {
    Wide result = 1;
    for (int i = 0; i < exponent; ++i) result *= 10;
    return result;
}

/// The largest r with r x r <= n; 0 where n is below 0.
Wide integer_sqrt(Wide n);

/// What a venue quotes: value x 10^power units of quote quanta for one base quantum.
struct QuantumPrice {
    std::int64_t value = 0;
    int power = 0;
};

/// Notional of |base| quanta in quote quanta, rounded up: what requirements are charged on.
Wide notional_up(Wide base, QuantumPrice price);

/// Value of base quanta in quote quanta, signed, rounded towards zero.
Wide value_toward_zero(Wide base, QuantumPrice price);

}  // namespace tidemark::margin
