// Black (1976) on a forward: the scalar reference that the row kernel and the implied vol are held to.
#pragma once

#include "core/measure.hpp"
#include "core/result.hpp"
#include "pricing/option_type.hpp"

namespace tidemark::pricing {

struct OptionTerms {
    Price forward;
    Price strike;
    YearFraction years;
    AnnualVol annual_vol;
    OptionType type = OptionType::call;
    double discount_factor = 1.0;
};

/// Value and sensitivities of one unit, all times the discount factor except where named. Volatility is per
/// 1.00, so divide vega by 100 for a point; theta is per year with forward and discount held, so divide by
/// 365 for a day. At zero deviation these are the limits from the right; gamma at the strike is then
/// infinite.
struct Greeks {
    double value;
    double delta_forward;           // N(d1) of a call, undiscounted: what Deribit publishes
    double delta_discounted;        // d value / d forward
    double delta_premium_adjusted;  // delta_forward - value / forward, undiscounted
    double gamma;                   // d2 value / d forward2
    double vega;                    // d value / d vol
    double theta_per_year;          // d value / d time passing
    double vanna;                   // d2 value / d forward d vol
    double volga;                   // d2 value / d vol2
    double prob_itm;                // N(d2) of a call
};

/// The same option quoted and settled in the underlying coin: premium V/F.
struct CoinGreeks {
    double premium;  // coin
    double delta;    // d premium / d forward, coin for one unit of quote currency
    double vega;     // coin per 1.00 of vol
    double theta_per_year;
};

/// Undiscounted value for a total standard deviation vol sqrt(years) >= 0; forward, strike > 0. Never outside
/// [intrinsic, forward or strike]; the out-of-the-money side is computed and intrinsic added.
double black76_value(double forward, double strike, double std_dev, OptionType type);

/// Fails with out_of_domain where an input is not finite, a price or the discount factor not above 0, or the
/// time or vol below 0.
Result<Greeks> black76_greeks(const OptionTerms& terms);

/// Coin premium and its sensitivities; fails as black76_greeks does.
Result<CoinGreeks> inverse_greeks(const OptionTerms& terms);

}  // namespace tidemark::pricing
