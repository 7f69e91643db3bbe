// The policy of vol-estimate: how implied, realised and long-run volatility are weighed.
#pragma once

#include <tuple>
#include <vector>

#include "policy/describe.hpp"
#include "vol/headline/blend.hpp"

namespace tidemark::desk {

inline constexpr std::string_view vol_policy_model = "vol-blend";
inline constexpr std::string_view vol_policy_preset = "vol";

struct VolPolicy {
    std::string id;
    double implied_weight = 0.0, realized_weight = 0.0, implied_floor = 0.0;
    double anchor_days = 0.0, stressed_weight = 0.0, stressed_days = 0.0;
    std::vector<double> forecast_days;
    double tail_confidence = 0.0, tail_threshold = 0.0;

    static constexpr auto params() {
        using policy::param;
        using T = VolPolicy;
        return std::tuple{
            param("implied_weight", &T::implied_weight, 0, 1, "of the implied variance in the headline"),
            param("realized_weight", &T::realized_weight, 0, 1, "of the realised variance in the headline"),
            param("implied_floor", &T::implied_floor, 0, 2,
                  "multiple of implied volatility that the headline is not below", "times"),
            param("anchor_days", &T::anchor_days, 0, 36500,
                  "of history that the zero-mean anchor looks back over; 0 is all"),
            param("stressed_weight", &T::stressed_weight, 0, 1,
                  "of the worst stretch's variance in the anchor"),
            param("stressed_days", &T::stressed_days, 1, 3650, "length of that stretch"),
            param("forecast_days", &T::forecast_days, 1, 365, "horizons of the forecast"),
            param("tail_confidence", &T::tail_confidence, 0.5, 0.9999, "of the tails", "probability"),
            param("tail_threshold", &T::tail_threshold, 0.5, 0.99, "quantile from which a tail is fitted",
                  "probability"),
        };
    }

    [[nodiscard]] vol::BlendWeights weights() const {
        return {implied_weight, realized_weight, implied_floor};
    }

    /// Fails with policy where it is of another model, a parameter is not there or beyond its bounds, days
    /// are not whole, or both weights are 0.
    static Result<VolPolicy> of(const policy::Document& document);
    /// The preset.
    static VolPolicy standard();
};

/// The volatility policies and their one model.
const policy::Family& vol_policies();

}  // namespace tidemark::desk
