// The holdings of one underlying as a scenario margin takes them: plain numbers, prices included.
#pragma once

#include <span>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "margin/model/scenario_table.hpp"
#include "margin/portfolio/rule.hpp"
#include "pricing/contract.hpp"

namespace tidemark::margin {

/// A perp or future. qty in base units, negative is short.
struct FutureLeg {
    double qty = 0.0;
    double price = 0.0;  // mark, quote currency
    double years = 0.0;  // to its expiry; 0 for a perp
    LegKey key = {};
};

struct OptionLeg {
    double strike = 0.0;
    pricing::OptionType type = pricing::OptionType::call;
    double qty = 0.0;
    double vol = 0.0;  // annual
    std::span<const double> values =
        {};  // of one unit, as RiskArrayPricer gives them; empty where not priced
    LegKey key = {};
};

struct ExpiryLegs {
    double seconds = 0.0;  // to expiry
    double forward = 0.0;
    double settled = 0.0;     // part of the forward that the settlement average has fixed already
    double rate = 0.0;        // annual, continuous
    double confidence = 1.0;  // the least of its own feeds, 0 to 1
    std::vector<OptionLeg> options = {};

    [[nodiscard]] double years() const { return seconds / seconds_per_year; }
};

/// Part of the forward that is fixed once the settlement average has begun.
double settled_part(double forward, double seconds, double averaging_seconds);

struct CollateralLeg {
    double value = 0.0;     // what it adds to mark to market
    double notional = 0.0;  // what its charges are counted on
    bool follows_spot = false;
    double confidence = 1.0;
    Charge haircut = {};
    double qty = 0.0;  // held, where it is to be shown
    LegKey key = {};
};

/// Linear books count in quote currency, inverse ones in the coin.
struct UnderlyingLegs {
    pricing::Payoff payoff = pricing::Payoff::linear;
    double cash = 0.0;  // with whatever else has a fixed value: unrealised profit, funding
    double spot = 0.0;
    double stable = 1.0;              // price of the coin that it is all counted in
    double spot_confidence = 1.0;     // 0 to 1
    double futures_confidence = 1.0;  // counts where there is a future
    std::vector<FutureLeg> futures = {};
    std::vector<CollateralLeg> collateral = {};
    std::vector<ExpiryLegs> expiries = {};
    double contingency = 0.0;        // charged elsewhere; treated as the maintenance charges are
    double provision = 0.0;          // added to both margins, whatever the factors: funding, fees
    double initial_provision = 0.0;  // to initial margin alone: open orders
};

/// Fails with out_of_domain where a price, forward or strike is not above 0 and finite, or a time, volatility
/// or settled part is below 0, or that part is more than the forward.
Status check_book(const UnderlyingLegs& book);

}  // namespace tidemark::margin
