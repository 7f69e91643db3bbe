// Closed forms of the price at which one perp or future is liquidated, everything else held still.
//
// Venues differ in two things only: whether the contract is linear or inverse, and whether maintenance margin
// follows the price or is held at what it is now. A rate of 0, or a held amount of 0, gives bankruptcy.
#pragma once

#include <optional>

namespace tidemark::liquidation {

/// Collateral that stands behind the position and does not move with its price: isolated margin, or of a
/// cross account wallet + profit of the others - maintenance of the others.
struct LinearPosition {
    double collateral = 0.0;  // quote currency
    double qty = 0.0;         // base units, negative is short
    double entry = 0.0;       // price that profit counts from; 0 where the collateral is a raw balance
};

/// Inverse: `value` contracts' worth of quote currency, negative is short; collateral in coin.
struct InversePosition {
    double collateral = 0.0;
    double value = 0.0;
    double entry = 0.0;
};

/// Where collateral + qty (p - entry) = rate |qty| p - deduction: p = (collateral - qty entry + deduction) /
/// (rate |qty| - qty). Binance USD-M (rate, cum), Gate and OKX isolated (rate + taker fee), dYdX v4,
/// Hyperliquid (1 / (2 max leverage), with entry 0 for its rawUsd). None where no price above 0 does it.
std::optional<double> linear_liquidation_price(const LinearPosition& position, double rate,
                                               double deduction = 0.0);

/// Where collateral + qty (p - entry) = held: p = entry - (collateral - held) / qty. Bybit linear, whose
/// maintenance is at the entry price; Hyperliquid of March 2023, with entry the mark price.
std::optional<double> linear_liquidation_price_held(const LinearPosition& position, double held);

/// Where collateral + value (1 / entry - 1 / p) = rate |value| / p. Binance COIN-M isolated; with the taker
/// fee as rate, Bybit's bankruptcy price.
std::optional<double> inverse_liquidation_price(const InversePosition& position, double rate);

/// Where collateral + value (1 / entry - 1 / p) = held. Bybit inverse, with maintenance at the entry price
/// plus the fee to close at the bankruptcy price.
std::optional<double> inverse_liquidation_price_held(const InversePosition& position, double held);

/// Bybit's inverse cross margin: maintenance rate at the entry price, plus the closing fee at bankruptcy.
std::optional<double> inverse_cross_liquidation_price(const InversePosition& position, double rate,
                                                      double fee);

/// The first multiple of tick at or above the price.
double rounded_up_to_tick(double price, double tick);

}  // namespace tidemark::liquidation
