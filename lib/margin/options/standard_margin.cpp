#include "margin/options/standard_margin.hpp"

#include <algorithm>
#include <cmath>

#include "margin/options/naked_option.hpp"

namespace tidemark::margin {
namespace {

using Params = StandardMarginParams;

double initial_spot_rate(const StandardOption& option, double spot, const Params& params) {
    return std::max(params.max_spot_rate - otm_rate(spot, option.strike, option.type), params.min_spot_rate);
}

/// What Opyn asks for one short unit; of a call the coins it asks, at spot.
double opyn_unit(const StandardOption& option, double spot, double shock, double upper_bound) {
    return option.type == pricing::OptionType::put
               ? opyn_naked_put(spot, option.strike, shock, upper_bound)
               : spot * opyn_naked_call(spot, option.strike, shock, upper_bound);
}

/// Of a short on its own; a long neither needs nor gives margin.
StandardMargin isolated_margin(const StandardOption& option, const StandardExpiry& expiry, double spot,
                               const Params& params) {
    const double value = option.qty * option.mark;
    if (option.qty >= 0.0) return {0.0, 0.0, value};
    if (params.spot_shock > 0.0) {
        const double asked = option.qty * opyn_unit(option, spot, params.spot_shock, expiry.upper_bound);
        return {asked, asked, value};
    }
    const double initial = initial_spot_rate(option, spot, params) * spot * option.qty + value;
    if (option.type == pricing::OptionType::call)
        return {initial, params.maintenance_call * spot * option.qty + value, value};
    const double maintenance =
        std::min(params.maintenance_put * spot * option.qty, params.maintenance_put_mark * value) + value;
    return {std::min(initial, maintenance * params.initial_over_maintenance), maintenance, value};
}

double payoff(const StandardExpiry& expiry, double price) {
    double sum = 0.0;
    for (const StandardOption& option : expiry.options)
        sum += option.qty * std::max(0.0, pricing::option_sign(option.type) * (price - option.strike));
    return sum;
}

double worst_payoff(const StandardExpiry& expiry) {
    double worst = std::min(0.0, payoff(expiry, 0.0));
    for (const StandardOption& option : expiry.options)
        worst = std::min(worst, payoff(expiry, option.strike));
    return worst;
}

double net_calls(const StandardExpiry& expiry) {
    double sum = 0.0;
    for (const StandardOption& option : expiry.options)
        if (option.type == pricing::OptionType::call) sum += option.qty;
    return sum;
}

/// Notional at spot.
double doubt(double confidence, double notional, const Params& params) {
    return doubt_rate(confidence, params) * notional;
}

StandardMargin perp_margin(const StandardMarket& market, const Params& params) {
    const double size = std::fabs(market.perp_qty);
    const double notional = size * market.perp_price;
    const double confidence = std::min(market.perp_confidence, market.spot_confidence);
    return {market.perp_unrealised - notional * params.perp_initial -
                doubt(confidence, size * market.spot, params),
            market.perp_unrealised - notional * params.perp_maintenance, market.perp_unrealised};
}

StandardMargin base_margin(const StandardMarket& market, double stable_price, const Params& params) {
    const double value = market.base_qty * market.spot;
    const double counted = value * params.base_factor;
    return {counted * params.base_initial_scale - doubt(market.spot_confidence, value, params), counted,
            value / stable_price};
}

void add(StandardMargin& sum, const StandardMargin& part) {
    sum.initial += part.initial;
    sum.maintenance += part.maintenance;
    sum.mark_to_market += part.mark_to_market;
}

StandardMargin market_margin(const StandardMarket& market, double stable_price, const Params& params) {
    StandardMargin sum = perp_margin(market, params);
    add(sum, base_margin(market, stable_price, params));
    double shorts = 0.0;
    for (const StandardExpiry& expiry : market.expiries) {
        add(sum, expiry_margin(expiry, market.spot, params));
        const double sold = short_qty(expiry);
        sum.initial -= doubt(std::min(expiry.confidence, market.spot_confidence), sold * market.spot, params);
        shorts += sold;
    }
    sum.initial -= depeg_rate(stable_price, params) * market.spot * (shorts + std::fabs(market.perp_qty));
    return sum;
}

}  // namespace

double doubt_rate(double confidence, const Params& params) {
    return confidence < params.confidence_threshold ? (1.0 - confidence) * params.confidence_factor : 0.0;
}

double depeg_rate(double stable_price, const Params& params) {
    return std::max(0.0, params.depeg_threshold - stable_price) * params.depeg_factor;
}

double short_qty(const StandardExpiry& expiry) {
    double sum = 0.0;
    for (const StandardOption& option : expiry.options) sum += std::max(0.0, -option.qty);
    return sum;
}

StandardMargin expiry_margin(const StandardExpiry& expiry, double spot, const Params& params) {
    StandardMargin isolated;
    for (const StandardOption& option : expiry.options)
        add(isolated, isolated_margin(option, expiry, spot, params));
    if (!params.max_loss_offset) return isolated;
    const double worst = worst_payoff(expiry);
    const double unpaired = std::min(0.0, net_calls(expiry)) * expiry.forward;
    return {std::max(isolated.initial, worst + unpaired * params.unpaired_initial),
            std::max(isolated.maintenance, worst + unpaired * params.unpaired_maintenance),
            isolated.mark_to_market};
}

StandardMargin standard_margin(std::span<const StandardMarket> markets, double cash, double stable_price,
                               const Params& params) {
    StandardMargin sum{cash, cash, cash};
    for (const StandardMarket& market : markets) add(sum, market_margin(market, stable_price, params));
    return sum;
}

}  // namespace tidemark::margin
