#include "margin/tiered/integer_margin.hpp"

#include <cmath>

namespace tidemark::margin {
Wide integer_sqrt(Wide n) {
    auto root = static_cast<Wide>(std::sqrt(static_cast<double>(n)));
    while (root * root > n) --root;
    while ((root + 1) * (root + 1) <= n) ++root;
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
