// Derive's standard manager: strategy margin of options with a maximum-loss offset per expiry, perps, base
// collateral, and add-ons for doubtful oracles and a depegged stablecoin.
//
// Everything is headroom in the settlement currency: negative is what the account lacks.
#pragma once

#include <span>
#include <vector>

#include "pricing/option_type.hpp"

namespace tidemark::margin {

struct StandardMarginParams {
    double perp_initial = 0.0, perp_maintenance = 0.0;          // of notional at the perp price
    double max_spot_rate = 0.0, min_spot_rate = 0.0;            // initial margin of a short option, of spot
    double maintenance_call = 0.0, maintenance_put = 0.0;       // of spot
    double maintenance_put_mark = 0.0;                          // of the put's own mark
    double initial_over_maintenance = 0.0;                      // a put's initial margin is at least this
    double unpaired_initial = 0.0, unpaired_maintenance = 0.0;  // of the forward, per net short call
    double base_factor = 0.0, base_initial_scale = 0.0;         // of the value of base collateral
    double confidence_threshold = 0.0, confidence_factor = 0.0;
    double depeg_threshold = 0.0, depeg_factor = 0.0;
    bool max_loss_offset = true;  // false: the sum of isolated margins, without offset
    double spot_shock = 0.0;      // 0: rates of spot; else short options by Opyn's formulas with this shock
};

struct StandardOption {
    double strike = 0.0;
    pricing::OptionType type = pricing::OptionType::call;
    double qty = 0.0;
    double mark = 0.0;  // of one unit, undiscounted
};

struct StandardExpiry {
    double forward = 0.0;
    double confidence = 1.0;  // the least of forward and volatility feeds
    std::vector<StandardOption> options;
    double upper_bound = 1.0;  // of an option's value over spot, where there is a spot shock
};

struct StandardMarket {
    double spot = 0.0, spot_confidence = 1.0;
    double perp_qty = 0.0, perp_price = 0.0, perp_confidence = 1.0;
    double perp_unrealised = 0.0;
    double base_qty = 0.0;
    std::vector<StandardExpiry> expiries;
};

struct StandardMargin {
    double initial = 0.0, maintenance = 0.0;
    double mark_to_market = 0.0;
};

/// One expiry: the better of the sum of isolated margins and the worst payoff at expiry (at 0 and at every
/// strike) with net short calls charged at the forward. derivexyz/v2-core, StandardManager.
StandardMargin expiry_margin(const StandardExpiry& expiry, double spot, const StandardMarginParams& params);

/// What notional at spot adds to initial margin: for an oracle below its threshold, and for a stable coin
/// below its peg.
double doubt_rate(double confidence, const StandardMarginParams& params);
double depeg_rate(double stable_price, const StandardMarginParams& params);

/// Units short in it, calls and puts.
double short_qty(const StandardExpiry& expiry);

/// The whole account; stable_price is of the settlement currency in dollars.
StandardMargin standard_margin(std::span<const StandardMarket> markets, double cash, double stable_price,
                               const StandardMarginParams& params);

}  // namespace tidemark::margin
