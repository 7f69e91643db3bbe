// How far an underlying may go over the horizon, from its volatility: in stress, in calm, and on the way.
#pragma once

#include <optional>

#include <string_view>

#include "core/margin_words.hpp"
#include "margin/dynamic/parameters.hpp"
#include "market/market.hpp"

namespace tidemark::margin {

/// The volatility after the speed limit, and what that did to the newest one: "rise limited", "fall
/// limited", "override" or nothing.
struct LimitedVol {
    double annual_vol = 0.0;
    std::optional<Speed> speed;
};

/// How far an underlying may go over the horizon: fractions of its price.
struct Range {
    double base = 0.0;            // expected shortfall at the long-run anchor
    double multiplier = 1.0;      // volatility in use over that anchor, bounded
    double down = 0.0, up = 0.0;  // base times multiplier times the skew of each side
    double annual_vol = 0.0;      // in use
    LimitedVol limited;
};

/// Expected shortfall at the confidence over the horizon, in units of annual volatility, of the residuals
/// that the policy names: a Student t or a normal of unit variance, or its own standardised returns, the
/// worse of their two tails. Fails with policy where those are too few for the confidence.
Result<double> shortfall_factor(const DynamicParams& params);

/// Follows the steps in order of time: from one to the next the volatility in use rises at most by
/// vol_max_rise_per_day and falls at most by vol_max_fall_per_day, compounded over the time between. Where
/// the measured one is more than vol_override_ratio times that, it is taken as it is: the limit may not leave
/// margin behind a market that has moved.
LimitedVol limited_vol(const std::vector<market::VolStep>& steps, const DynamicParams& params);

/// From the volatility v after the speed limit:
///
///     v + w max(0, stressed - v),  stressed = stressed_vol_multiple base_annual_vol,
///     w the greater of stress_weight and the record's stress_prob
///
/// (EMIR RTS 153/2013 Art. 28(1)(b)), over base_annual_vol, times 1 + calm_buffer where that is at or below
/// buffer_release_start, falling to 1 at buffer_release_end (Art. 28(1)(a)), between multiplier_floor (Art.
/// 28(1)(c)) and multiplier_cap.
double volatility_multiplier(const market::VolState& vol, double annual_vol, const DynamicParams& params);

/// base = factor x base_annual_vol; each side scaled by what its 25-delta volatility is over the one at the
/// money, where that is more.
Range range_of(const market::VolState& vol, const LimitedVol& limited, double shortfall_factor,
               const DynamicParams& params);

}  // namespace tidemark::margin
