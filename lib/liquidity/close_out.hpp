// What it costs to close positions against the market's measured depth, and how long that takes.
#pragma once

#include <utility>
#include <vector>

#include "liquidity/close_out_params.hpp"
#include "market/market.hpp"

namespace tidemark::liquidity {

/// What is to be closed in one underlying. Account currency, no sign.
struct OpenRisk {
    double crossed = 0.0;  // delta of every perp, future and spot, and of all options together
    double net = 0.0;      // delta of all of them
    double vega = 0.0;     // of every option, for a volatility higher by 1
};

struct CloseOutCost {
    double amount = 0.0;  // account currency
    double days = 0.0;    // to trade out of the net delta
};

/// The market that a book is closed in. Fractions of a price; values in account currency.
struct CloseOutMarket {
    double half_spread_rate = 0.0;
    double adv_value = 0.0;
    double daily_vol = 0.0;
    double impact_coefficient = 0.0, impact_exponent = 0.5;
    double state_factor = 1.0;
    std::vector<std::pair<double, double>> depth;  // basis points, value within them; nearest first
};

/// The measured market with the policy's figure for what was not measured.
CloseOutMarket measured_market(const market::LiquidityState& state, double annual_vol,
                               const CloseOutParams& params);
/// The market that the policy reckons with where none was measured.
CloseOutMarket unmeasured_market(double annual_vol, const CloseOutParams& params);

/// Days that minimise impact and the risk of what is still held, both in daily deviations:
///
///     eta (x/T)^beta + z sqrt(T/3),  T = (2 beta eta x^beta sqrt(3) / z)^(1 / (beta + 1/2))
///
/// for x days' volume (temporary impact of Almgren, Thum, Hauptmann and Li 2005 under a steady unwind).
double optimal_unwind_days(double order_over_adv, double coefficient, double exponent, double z);

/// Mean cost, as a fraction of the price, of trading `value` into the book at once. Beyond the last level the
/// price goes on at the book's mean slope: what is not seen is not free.
double book_walk_rate(double value, const std::vector<std::pair<double, double>>& depth);

/// state_factor times
///
///     spread_multiple half_spread_rate crossed + max(walk, impact) net + half_spread_vol vega
///
/// where walk is that of the net delta in as many clips as the book refills in over the horizon, and impact
/// is eta daily_vol (x/T)^beta at T = optimal_unwind_days. The unwind is at least as long as that and as
/// max_participation of the volume takes, times state_factor; neither is above max_unwind_days. So the cost
/// grows more than in proportion to size, and what is too large for the market is in the days. No rate is
/// above 1. Bangia, Diebold, Schuermann and Stroughair (1999) for the
/// stressed spread.
CloseOutCost close_out_cost(const OpenRisk& risk, const CloseOutMarket& market, const CloseOutParams& params);

/// The cost of closing each underlying, its markets kept until they change.
class CloseOuts {
public:
    CloseOuts(const market::Market& market, const CloseOutParams& params)
        : market_{market}, params_{params} {}

    struct Cost {
        CloseOutCost cost;
        bool assumed = false;  // no fresh record: the policy's figure, or the old record's where that is more
        double state_factor = 1.0;
    };

    /// Whether there is a record of its market that is not too old.
    [[nodiscard]] bool fresh(market::AssetId underlying, Timestamp now) const;

    /// annual_vol is the one in use.
    Cost of(market::AssetId underlying, const OpenRisk& risk, double annual_vol, Timestamp now);

private:
    struct Kept {
        std::uint64_t version = 0;  // of the asset
        CloseOutMarket measured, unmeasured;
    };
    const Kept& kept(market::AssetId underlying, double annual_vol);

    const market::Market& market_;
    const CloseOutParams& params_;
    std::vector<Kept> kept_;  // by asset
};

}  // namespace tidemark::liquidity
