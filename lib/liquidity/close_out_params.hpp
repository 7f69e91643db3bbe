// What a policy says of closing positions out: how the cost grows with size, and what an unmeasured market is
// taken for.
#pragma once

#include <tuple>
#include <vector>

#include "policy/document.hpp"

namespace tidemark::liquidity {

struct CloseOutParams {
    double horizon_days = 0.0;  // of the policy as a whole, which lists it
    double liquidity_max_age_seconds = 0.0, spread_multiple = 0.0, half_spread_vol = 0.0,
           impact_coefficient = 0.0, impact_exponent = 0.0, unwind_risk_multiple = 0.0,
           max_participation = 0.0, max_unwind_days = 0.0, book_refill_minutes = 0.0;
    std::vector<double> state_factors;  // calm, watch, stressed, exhausted
    double unmeasured_half_spread_rate = 0.0, unmeasured_adv_value = 0.0, unmeasured_state_factor = 0.0;

    static constexpr auto params() {
        using policy::param;
        using T = CloseOutParams;
        return std::tuple{
            param("liquidity_max_age_seconds", &T::liquidity_max_age_seconds, 1, 1e9,
                  "age beyond which a liquidity record is taken for no better than none"),
            param("spread_multiple", &T::spread_multiple, 1, 20, "spread that is paid over the one measured"),
            param("half_spread_vol", &T::half_spread_vol, 0, 1, "half the spread of options, in volatility"),
            param("impact_coefficient", &T::impact_coefficient, 0.01, 10,
                  "impact of a day's volume in daily deviations, where none was measured", "times"),
            param("impact_exponent", &T::impact_exponent, 0.1, 1, "power of the share of daily volume",
                  "power"),
            param("unwind_risk_multiple", &T::unwind_risk_multiple, 0.1, 10,
                  "deviations of what is still held that weigh as much as impact", "deviations"),
            param("max_participation", &T::max_participation, 0.001, 1,
                  "most of a day's volume that is traded out of", "fraction"),
            param("max_unwind_days", &T::max_unwind_days, 0.01, 365, "longest unwind reckoned with"),
            param("book_refill_minutes", &T::book_refill_minutes, 0.1, 1e5,
                  "time in which the book is as deep again"),
            param("state_factors", &T::state_factors, 1, 100,
                  "times the cost to close in calm, watch, stressed and exhausted markets"),
            param("unmeasured_half_spread_rate", &T::unmeasured_half_spread_rate, 1e-6, 1,
                  "half spread where none was measured"),
            param("unmeasured_adv_value", &T::unmeasured_adv_value, 1, 1e15,
                  "daily volume where none was measured, account currency"),
            param("unmeasured_state_factor", &T::unmeasured_state_factor, 1, 100,
                  "state factor of a market that was not measured"),
        };
    }
};

}  // namespace tidemark::liquidity
