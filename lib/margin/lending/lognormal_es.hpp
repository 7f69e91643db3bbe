// Margin as the expected shortfall of a lognormal price over a horizon (Vega, quant: riskmeasures; margin
// levels: specification 0019-MCAL).
#pragma once

#include <cmath>
#include <optional>

#include "core/result.hpp"

namespace tidemark::margin {

/// Of the logarithm of a price.
struct LogLaw {
    double mean = 0.0, std_dev = 0.0;
};

/// Of one unit held, as what it costs at the level: negative is value kept. A long keeps the price, a short
/// owes it.
struct TailCost {
    double value_at_risk = 0.0, expected_shortfall = 0.0;
};

/// Fails with out_of_domain unless 0 < level < 1 and std_dev >= 0, both finite.
Result<TailCost> long_tail_cost(const LogLaw& law, double level);
Result<TailCost> short_tail_cost(const LogLaw& law, double level);

/// Expected shortfall of a position as a fraction of its value now, the shorter tail more than the longer.
struct RiskFactors {
    double long_factor = 0.0, short_factor = 0.0;
};

struct LognormalHorizon {
    double level = 0.0;  // tail probability
    double years = 0.0;  // to close a position out
    double drift = 0.0;  // annual
    double annual_vol = 0.0;
};

/// The price follows exp((drift - vol^2/2) years + vol sqrt(years) Z). Fails as the tail costs do.
Result<RiskFactors> lognormal_risk_factors(const LognormalHorizon& horizon);

enum class MarginRounding {
    none,
    whole_units  // maintenance up to a whole unit, the levels above it down
};

struct LevelFactors {
    double search = 1.0, initial = 1.0, release = 1.0;  // times maintenance
};

struct LognormalPosition {
    double qty = 0.0;
    double mark_price = 0.0;
    std::optional<double> exit_price;  // at which the book would close all of it
    double buy_orders = 0.0, sell_orders = 0.0;
};

struct LognormalRule {
    RiskFactors factors;
    double linear_slippage = 0.0;  // most that closing out is taken to cost, fraction of the mark
    LevelFactors levels;
    MarginRounding rounding = MarginRounding::none;
    double unit_value = 1.0;  // smallest units of account currency in one unit of price times quantity
};

struct MarginLevels {
    double maintenance = 0.0, search = 0.0, initial = 0.0, release = 0.0;
};

/// maintenance = |q| mark (min(slippage, book's own) + risk factor) + orders x mark x risk factor, the worse
/// of the side that would be long and the one that would be short.
MarginLevels lognormal_margin(const LognormalPosition& position, const LognormalRule& rule);

/// factor x |q| x entry price of an isolated position.
inline double isolated_margin(double factor, double qty, double entry_price) {
    return factor * std::fabs(qty * entry_price);
}

}  // namespace tidemark::margin
