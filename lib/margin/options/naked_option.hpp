// Short options on their own: venue formulas for one unit.
#pragma once

#include "pricing/option_type.hpp"

namespace tidemark::margin {

/// max(0, how far the option is out of the money) / underlying.
double otm_rate(double underlying, double strike, pricing::OptionType type);

struct OptionRequirement {
    double initial = 0.0;
    double maintenance = 0.0;
};

struct CoinOptionParams {
    double max_rate = 0.0;          // of initial margin, before the out-of-the-money relief
    double min_rate = 0.0;          // of initial margin, after it
    double maintenance_rate = 0.0;  // of one coin; of a put at least this times the mark
};

/// Deribit's standard margin of one short option, in coin. Call: IM = max(max - OTM / U, min) + mark, MM =
/// rate + mark. Put: MM = max(rate, rate x mark) + mark, IM no less than that.
OptionRequirement coin_option_requirement(double underlying, double strike, pricing::OptionType type,
                                          double mark, const CoinOptionParams& params);

/// Opyn Gamma: collateral of one naked short option, of a put in the strike asset, of a call in the
/// underlying. `upper_bound` is the venue's table by time to expiry, `shock` the spot after a fall (0.75).
double opyn_naked_put(double spot, double strike, double shock, double upper_bound);
double opyn_naked_call(double spot, double strike, double shock, double upper_bound);

}  // namespace tidemark::margin
