#include "liquidity/close_out.hpp"

#include <algorithm>
#include <cmath>

#include "core/time.hpp"
#include "market/freshness.hpp"

namespace tidemark::liquidity {
namespace {

/// std::pow, without its time where the law is the square root.
double power(double x, double exponent) {
    if (exponent == 0.5) return std::sqrt(x);
    return exponent == 1.0 ? x : std::pow(x, exponent);
}

/// A level nearer to mid has no more behind it than one further out.
std::vector<std::pair<double, double>> cumulative(std::vector<std::pair<double, double>> depth) {
    std::sort(depth.begin(), depth.end());
    for (std::size_t i = depth.size(); i-- > 1;)
        depth[i - 1].second = std::min(depth[i - 1].second, depth[i].second);
    return depth;
}

}  // namespace

CloseOutMarket unmeasured_market(double annual_vol, const CloseOutParams& params) {
    CloseOutMarket out;
    out.half_spread_rate = params.unmeasured_half_spread_rate;
    out.adv_value = params.unmeasured_adv_value;
    out.daily_vol = annual_vol / std::sqrt(days_per_year);
    out.impact_coefficient = params.impact_coefficient;
    out.impact_exponent = params.impact_exponent;
    out.state_factor = params.unmeasured_state_factor;
    return out;
}

CloseOutMarket measured_market(const market::LiquidityState& state, double annual_vol,
                               const CloseOutParams& params) {
    CloseOutMarket out = unmeasured_market(annual_vol, params);
    if (state.half_spread_rate > 0.0) out.half_spread_rate = state.half_spread_rate;
    if (state.adv_value > 0.0) out.adv_value = state.adv_value;
    if (state.impact_coefficient > 0.0) {
        out.impact_coefficient = state.impact_coefficient;
        out.impact_exponent = std::min(state.impact_exponent, 1.0);
    }
    if (state.state) out.state_factor = params.state_factors[static_cast<std::size_t>(*state.state)];
    out.depth = cumulative(state.depth);
    return out;
}

double optimal_unwind_days(double order_over_adv, double coefficient, double exponent, double z) {
    const double balance =
        2.0 * exponent * coefficient * power(order_over_adv, exponent) * std::sqrt(3.0) / z;
    return power(balance, 1.0 / (exponent + 0.5));
}

double book_walk_rate(double value, const std::vector<std::pair<double, double>>& depth) {
    if (depth.empty() || !(value > 0.0)) return 0.0;
    double done = 0.0, at = 0.0, cost = 0.0;  // cost in basis points times value
    for (const auto& [basis_points, within] : depth) {
        const double step = std::min(value, within) - done;
        if (step > 0.0) {
            const double reached = at + (basis_points - at) * step / (within - done);
            cost += 0.5 * (at + reached) * step;
            done += step;
        }
        at = basis_points;
        if (done >= value) break;
    }
    if (done < value) {
        const double last = depth.back().second;
        if (!(last > 0.0)) return 1.0;
        cost += 0.5 * (at + at * value / last) * (value - done);
    }
    return std::min(1.0, 1e-4 * cost / value);
}

CloseOutCost close_out_cost(const OpenRisk& risk, const CloseOutMarket& market,
                            const CloseOutParams& params) {
    const double f = market.state_factor;
    CloseOutCost out;
    const double spread = std::min(1.0, f * params.spread_multiple * market.half_spread_rate);
    out.amount = spread * risk.crossed + f * params.half_spread_vol * risk.vega;
    if (!(risk.net > 0.0)) return out;
    const double x = risk.net / market.adv_value;
    const double least = f * x / params.max_participation;
    const double best = optimal_unwind_days(x, market.impact_coefficient, market.impact_exponent,
                                            params.unwind_risk_multiple);
    out.days = std::min(std::max(best, least), params.max_unwind_days);
    const double impact = market.impact_coefficient * market.daily_vol *
                          power(x / std::min(best, params.max_unwind_days), market.impact_exponent);
    const double clips = std::max(1.0, params.horizon_days * minutes_per_day / params.book_refill_minutes);
    const double walk = book_walk_rate(risk.net / clips, market.depth);
    out.amount += std::min(1.0, f * std::max(walk, impact)) * risk.net;
    return out;
}

const CloseOuts::Kept& CloseOuts::kept(market::AssetId underlying, double annual_vol) {
    if (kept_.size() <= underlying) kept_.resize(market_.assets());
    Kept& kept = kept_[underlying];
    const market::Asset& asset = market_.asset(underlying);
    if (kept.version == asset.version) return kept;
    kept.version = asset.version;
    kept.unmeasured = unmeasured_market(annual_vol, params_);
    if (asset.liquidity) kept.measured = measured_market(*asset.liquidity, annual_vol, params_);
    return kept;
}

bool CloseOuts::fresh(market::AssetId underlying, Timestamp now) const {
    const auto& record = market_.asset(underlying).liquidity;
    return record && market::freshness(params_.liquidity_max_age_seconds).holds(record->ts, now);
}

CloseOuts::Cost CloseOuts::of(market::AssetId underlying, const OpenRisk& risk, double annual_vol,
                              Timestamp now) {
    const Kept& markets = kept(underlying, annual_vol);
    const auto& record = market_.asset(underlying).liquidity;
    Cost out;
    if (record) {
        out.cost = close_out_cost(risk, markets.measured, params_);
        out.state_factor = markets.measured.state_factor;
    }
    if (fresh(underlying, now)) return out;
    const CloseOutCost assumed = close_out_cost(risk, markets.unmeasured, params_);
    out.cost.amount = std::max(out.cost.amount, assumed.amount);
    out.cost.days = std::max(out.cost.days, assumed.days);
    out.state_factor = std::max(out.state_factor, markets.unmeasured.state_factor);
    out.assumed = true;
    return out;
}

}  // namespace tidemark::liquidity
