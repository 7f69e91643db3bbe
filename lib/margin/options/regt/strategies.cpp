#include "margin/options/regt/strategies.hpp"

#include <algorithm>
#include <cmath>

namespace tidemark::margin {
namespace {

using pricing::OptionType;

/// The inner rounding makes a half that arithmetic has blurred a half again.
double to_cent(double amount) {
    return std::nearbyint(std::round(amount * 1e8) / 1e6) / 100.0;
}

double signed_held(const StrategyLeg& leg, double held) {
    return leg.qty < 0.0 ? -held : held;
}

double payoff(std::span<const StrategyLeg> legs, std::span<const double> held, double price) {
    double sum = 0.0;
    for (std::size_t i = 0; i < legs.size(); ++i)
        sum += signed_held(legs[i], held[i]) *
               std::max(0.0, pricing::option_sign(legs[i].type) * (price - legs[i].strike));
    return sum;
}

/// Long less short of one type among the legs that live at least so long.
double net_alive(std::span<const StrategyLeg> legs, std::span<const double> held, OptionType type,
                 double days) {
    double sum = 0.0;
    for (std::size_t i = 0; i < legs.size(); ++i)
        if (legs[i].type == type && legs[i].days >= days) sum += signed_held(legs[i], held[i]);
    return sum;
}

}  // namespace

double short_option_requirement(const StrategyLeg& leg, const StrategyUnderlying& underlying,
                                const StrategyParams& params) {
    const double rate = underlying.broad ? params.broad_rate : params.narrow_rate;
    const double otm = std::max(0.0, pricing::option_sign(leg.type) * (leg.strike - underlying.price));
    const double least_of = leg.type == OptionType::call ? underlying.price : leg.strike;
    return to_cent(leg.price + std::max(rate * underlying.price * underlying.leverage - otm,
                                        params.least_rate * least_of * underlying.leverage));
}

double long_option_requirement(const StrategyLeg& leg, const StrategyParams& params) {
    return leg.days < params.long_term_days ? leg.price : to_cent(leg.price * params.long_term_rate);
}

double straddle_saving(double call_requirement, double call_price, double put_requirement, double put_price) {
    return call_requirement > put_requirement ? put_requirement - put_price : call_requirement - call_price;
}

double spread_requirement(std::span<const StrategyLeg> legs, std::span<const double> held) {
    double worst = std::min(0.0, payoff(legs, held, 0.0));
    double paid = 0.0;
    for (std::size_t i = 0; i < legs.size(); ++i) {
        if (held[i] == 0.0) continue;
        worst = std::min(worst, payoff(legs, held, legs[i].strike));
        paid += signed_held(legs[i], held[i]) * legs[i].price;
    }
    return paid - worst;
}

bool limited_risk(std::span<const StrategyLeg> legs, std::span<const double> held) {
    constexpr double noise = 1e-9;
    for (const OptionType type : {OptionType::call, OptionType::put}) {
        if (std::fabs(net_alive(legs, held, type, 0.0)) > noise) return false;
        for (std::size_t i = 0; i < legs.size(); ++i)
            if (held[i] > 0.0 && legs[i].type == type && legs[i].qty < 0.0 &&
                net_alive(legs, held, type, legs[i].days) < -noise)
                return false;
    }
    return true;
}

}  // namespace tidemark::margin
