#include "liquidation/venue/liquidation_share.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace tidemark::liquidation {
namespace {

LiquidationStep after(double share, const LiquidationState& state, double penalty_rate) {
    LiquidationStep step{share, (1.0 - share) * state.maintenance, share * penalty_rate * state.maintenance,
                         0.0, 0.0};
    step.account_value = state.account_value - step.penalty;
    step.ratio = step.account_value > 0.0 ? step.maintenance / step.account_value
                                          : std::numeric_limits<double>::infinity();
    return step;
}

}  // namespace

Result<LiquidationShare> liquidation_share(const LiquidationState& state, const LiquidationSteps& rule) {
    const bool sound = std::isfinite(state.account_value) && std::isfinite(state.unrealised) &&
                       state.maintenance > 0.0 && std::isfinite(state.maintenance) && rule.step > 0.0 &&
                       rule.step <= 1.0 && std::isfinite(rule.penalty_rate);
    if (!sound)
        return Error{Errc::out_of_domain,
                     fmt::format("want finite amounts, a maintenance above 0 and a step from 0 to 1; got {}, "
                                 "{}, {}",
                                 state.account_value, state.maintenance, rule.step),
                     "", 0};
    LiquidationShare out;
    if (after(0.0, state, rule.penalty_rate).ratio < rule.target_ratio) return out;
    const auto count = static_cast<int>(std::ceil(1.0 / rule.step - 1e-9));
    out.share = 1.0;
    for (int i = count - 1; i >= 1; --i) {
        const LiquidationStep step = after(i * rule.step, state, rule.penalty_rate);
        out.steps.insert(out.steps.begin(), step);
        if (step.ratio < rule.target_ratio) out.share = step.share;
    }
    out.collateral_change = out.share * (state.unrealised - rule.penalty_rate * state.maintenance);
    return out;
}

double open_size_margin(double qty, double buy_orders, double sell_orders, double rate, double mark_price) {
    return std::max({0.0, buy_orders + qty, sell_orders - qty}) * rate * mark_price;
}

}  // namespace tidemark::liquidation
