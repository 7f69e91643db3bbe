#include "margin/tiered/integer_margin.hpp"

#include <cmath>

namespace tidemark::margin {
/// Newton's method from above: each step is down, and their number is that of n's bits at most.
Wide integer_sqrt(Wide n) {
    if (n <= 0) return 0;
    Wide root = static_cast<Wide>(std::sqrt(static_cast<double>(n)) * (1.0 + 0x1p-50)) + 1;
    for (Wide next = (root + n / root) / 2; next < root; next = (root + n / root) / 2) root = next;
    return root;
}

Wide notional_up(Wide base, QuantumPrice price) {
    const Wide product = magnitude(base) * price.value;
    return price.power >= 0 ? product * power_of_ten(price.power)
                            : ceil_div(product, power_of_ten(-price.power));
}

Wide value_toward_zero(Wide base, QuantumPrice price) {
    const Wide product = base * price.value;
    return price.power >= 0 ? product * power_of_ten(price.power) : product / power_of_ten(-price.power);
}

}  // namespace tidemark::margin
