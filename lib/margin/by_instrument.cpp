#include "margin/by_instrument.hpp"

#include <cmath>

namespace tidemark::margin {

Exposure exposure_of(std::span<const market::Holding> held, const market::Priced& priced, double factor) {
    double qty = 0.0, at_entry = 0.0;
    for (const market::Holding& holding : held) {
        qty += holding.qty;
        at_entry += holding.qty * (holding.entry > 0.0 ? holding.entry : priced.price);
    }
    const bool linear = priced.contract.payoff == pricing::Payoff::linear;
    const double units = linear ? std::fabs(qty) : std::fabs(at_entry) / (priced.price * factor);
    return {units * priced.exposure * factor, units};
}

}  // namespace tidemark::margin
