// Strategy margin of listed options, Cboe Margin Manual and Regulation T: what every way to hold legs
// together costs. The cheapest way is found in strategy_pairing.hpp.
#pragma once

#include <span>
#include <vector>

#include "pricing/option_type.hpp"

namespace tidemark::margin {

struct StrategyLeg {
    pricing::OptionType type = pricing::OptionType::call;
    double strike = 0.0;
    double price = 0.0;  // market value of the option, per share
    double qty = 0.0;    // contracts, negative is short
    double days = 0.0;   // to expiry
};

struct StrategyUnderlying {
    double price = 0.0;
    double leverage = 1.0;  // of a leveraged fund, 1 for all else
    bool broad = false;     // a broad-based index
};

struct Shares {
    double qty = 0.0;
    double price = 0.0;
};

struct StrategyParams {
    double narrow_rate = 0.0, broad_rate = 0.0;  // of the underlying, for a short option
    double least_rate = 0.0;                     // of the underlying (call) or the strike (put)
    double long_term_rate = 0.0;                 // of the price of a long option
    double long_term_days = 0.0;                 // from which that holds; sooner it is paid in full
    double long_share_rate = 0.0, short_share_rate = 0.0;
    double contract_size = 0.0;  // shares
};

/// Requirement of one short option per share, its market value included: value + max(rate x underlying x
/// leverage - out-of-the-money amount, least rate x underlying or strike x leverage). To the cent, halves to
/// even, as the manual's examples are printed.
double short_option_requirement(const StrategyLeg& leg, const StrategyUnderlying& underlying,
                                const StrategyParams& params);

/// Of one long option per share: paid in full, or at the long-term rate, to the cent.
double long_option_requirement(const StrategyLeg& leg, const StrategyParams& params);

/// What margining a short call and a short put together saves over both alone, per share: the larger
/// requirement plus the other side's market value is charged.
double straddle_saving(double call_requirement, double call_price, double put_requirement, double put_price);

/// Legs of limited risk, `held` contracts of each (no sign): the largest loss at expiry, at 0 and at every
/// strike, plus the net price paid. Per share times contracts.
double spread_requirement(std::span<const StrategyLeg> legs, std::span<const double> held);

/// Whether those legs limit each other's risk: of each type as many long as short, and no short that outlives
/// the longs it needs.
bool limited_risk(std::span<const StrategyLeg> legs, std::span<const double> held);

}  // namespace tidemark::margin
