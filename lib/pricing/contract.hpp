// What one unit of a contract is worth, in the asset it settles in. Quantities are in base units throughout.
#pragma once

#include "core/measure.hpp"
#include "pricing/black76.hpp"
#include "pricing/option_type.hpp"

namespace tidemark::pricing {

enum class ContractKind { spot, perp, future, option };

enum class Payoff {
    linear,  // settles in the quote asset
    inverse  // settles in the base coin
};

struct Contract {
    ContractKind kind = ContractKind::spot;
    Payoff payoff = Payoff::linear;
    Price strike{0.0};  // options only, as is the type
    OptionType option_type = OptionType::call;
};

/// Gain since entry of one unit of a perp or future. Linear: price - entry. Inverse: the contract is a fixed
/// notional of entry in quote currency, so in coin 1 - entry / price (Deribit, Portfolio Margin: q (1 - 1/(1
/// + m))).
constexpr double future_gain(Payoff payoff, Price entry, Price price) {
    return payoff == Payoff::linear ? (price - entry).value() : 1.0 - entry / price;
}

/// Undiscounted Black-76 value of one unit of an option; inverse: in coin, V / F.
inline double option_value(Payoff payoff, Price forward, Price strike, double std_dev, OptionType type) {
    const double value = black76_value(forward.value(), strike.value(), std_dev, type);
    return payoff == Payoff::linear ? value : value / forward.value();
}

/// Value of one unit in the settlement asset. price is the spot, mark or forward price of the underlying;
/// entry is read for perps and futures only, std_dev (vol sqrt(years)) for options only. Spot is worth its
/// price.
double contract_value(const Contract& contract, Price price, Price entry, double std_dev);

}  // namespace tidemark::pricing
