#include "margin/dynamic/parts.hpp"

#include "margin/model/exact_sums.hpp"

namespace tidemark::margin {

void put_parts(Levels levels, Requirement& out) {
    to_exact_grid(levels);
    out.parts = {};
    double Parts::*const parts[] = {&Parts::base,          &Parts::volatility,  &Parts::skew,
                                    &Parts::gamma,         &Parts::correlation, &Parts::liquidity,
                                    &Parts::concentration, &Parts::account,     &Parts::orders};
    for (std::size_t i = 0; i < levels.size(); ++i)
        out.parts.*parts[i] = levels[i] - (i == 0 ? 0.0 : levels[i - 1]);
    out.initial_margin = levels.back();
}

}  // namespace tidemark::margin
