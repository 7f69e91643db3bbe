// Strikes that option delta quotes stand for (Clark, FX Option Pricing, ch. 3; Reiswich and Wystup 2010).
// Newton is written out, as Boost.Math's wants the root bracketed and answers also where there is none, as a
// premium-adjusted call delta above its maximum has.
#pragma once

#include "core/measure.hpp"
#include "core/result.hpp"
#include "pricing/option_type.hpp"

namespace tidemark::pricing {

enum class DeltaConvention {
    forward,          // N(d1) for a call: what Deribit's API publishes
    premium_adjusted  // delta - V/F: the hedge of a coin-settled premium
};

/// The strike whose option has this delta at this one volatility. delta is signed: 0.25 for a 25-delta call,
/// -0.25 for the put. A premium-adjusted call delta rises and then falls with the strike; the strike above
/// the maximum is meant, as in the market. Fails with out_of_domain where the delta cannot be reached or an
/// input is not a positive number.
Result<Price> strike_for_delta(Price forward, YearFraction years, AnnualVol vol, double delta,
                               OptionType type, DeltaConvention convention = DeltaConvention::forward);

/// Strike of the delta-neutral straddle: F exp(s^2 T / 2), premium adjusted F exp(-s^2 T / 2).
Result<Price> dns_strike(Price forward, YearFraction years, AnnualVol vol,
                         DeltaConvention convention = DeltaConvention::forward);

}  // namespace tidemark::pricing
