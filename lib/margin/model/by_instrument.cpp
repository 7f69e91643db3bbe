#include "margin/model/by_instrument.hpp"

#include <cmath>

namespace tidemark::margin {
namespace {

/// Of the parts of one instrument: what is left of them, and what each of them was on its own.
struct Entered {
    double qty = 0.0, value = 0.0;  // coins, and quote currency at entry
    double gross_qty = 0.0, gross_value = 0.0;
};

Entered entered(std::span<const market::Holding> held, const market::Priced& priced) {
    Entered sum;
    for (const market::Holding& holding : held) {
        const double value = holding.qty * (holding.entry > 0.0 ? holding.entry : priced.price);
        sum.qty += holding.qty;
        sum.value += value;
        sum.gross_qty += std::fabs(holding.qty);
        sum.gross_value += std::fabs(value);
    }
    return sum;
}

}  // namespace

Exposure exposure_of(std::span<const market::Holding> held, const market::Priced& priced, double factor) {
    const Entered sum = entered(held, priced);
    const bool linear = priced.contract.payoff == pricing::Payoff::linear;
    const double units = linear ? std::fabs(sum.qty) : std::fabs(sum.value) / (priced.price * factor);
    return {units * priced.exposure * factor, units};
}

Exposure exposure_at_entry(std::span<const market::Holding> held, const market::Priced& priced,
                           double factor) {
    const Entered sum = entered(held, priced);
    if (sum.gross_qty == 0.0) return {};
    const double price = sum.gross_value / sum.gross_qty;
    if (priced.contract.payoff == pricing::Payoff::linear)
        return {std::fabs(sum.qty) * price * priced.conversion, std::fabs(sum.qty)};
    const double coins = std::fabs(sum.value) / price;
    return {coins * priced.conversion * factor, coins};
}

}  // namespace tidemark::margin
