#include "margin/options/naked_option.hpp"

#include <algorithm>

namespace tidemark::margin {

double otm_rate(double underlying, double strike, pricing::OptionType type) {
    return std::max(0.0, pricing::option_sign(type) * (strike - underlying)) / underlying;
}

OptionRequirement coin_option_requirement(double underlying, double strike, pricing::OptionType type,
                                          double mark, const CoinOptionParams& params) {
    const double relieved = params.max_rate - otm_rate(underlying, strike, type);
    const double initial = std::max(relieved, params.min_rate) + mark;
    if (type == pricing::OptionType::call) return {initial, params.maintenance_rate + mark};
    const double maintenance = std::max(params.maintenance_rate, params.maintenance_rate * mark) + mark;
    return {std::max(initial, maintenance), maintenance};
}

double opyn_naked_put(double spot, double strike, double shock, double upper_bound) {
    const double shocked = shock * spot;
    return upper_bound * std::min(strike, shocked) + std::max(strike - shocked, 0.0);
}

double opyn_naked_call(double spot, double strike, double shock, double upper_bound) {
    const double shocked = strike * shock / spot;
    return upper_bound * std::min(1.0, shocked) + std::max(1.0 - shocked, 0.0);
}

}  // namespace tidemark::margin
