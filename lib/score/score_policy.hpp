// The policy of risk-score: over what time a boundary may be touched, how points are counted, and what a
// multiplier makes of them.
#pragma once

#include "core/time.hpp"
#include "policy/describe.hpp"
#include "score/scorecard.hpp"

namespace tidemark::score {

inline constexpr std::string_view score_policy_model = "touch-score";
inline constexpr std::string_view score_policy_preset = "score";

struct ScoreParams {
    double horizon_days = 0.0, unmeasured_correlation = 0.0;
    double anchor_score = 0.0, anchor_odds = 0.0, points_to_double_odds = 0.0;
    double least_probability = 0.0, most_probability = 0.0, least_charged_probability = 0.0;
    double reference_probability = 0.0;
    double multiplier_sensitivity = 0.0, multiplier_floor = 0.0, multiplier_cap = 0.0;

    static constexpr auto params() {
        using policy::param;
        using T = ScoreParams;
        return std::tuple{
            param("horizon_days", &T::horizon_days, 0.001, 365, "over which the boundary may be touched"),
            param("unmeasured_correlation", &T::unmeasured_correlation, 0, 1,
                  "of underlyings that no correlation record covers", "correlation"),
            param("anchor_score", &T::anchor_score, 0, 1e6, "points at the anchor odds", "points"),
            param("anchor_odds", &T::anchor_odds, 1e-6, 1e9,
                  "odds of staying above the boundary, to 1, that have them", "odds"),
            param("points_to_double_odds", &T::points_to_double_odds, 0.01, 1e6, "more for twice those odds",
                  "points"),
            param("least_probability", &T::least_probability, 1e-12, 0.1,
                  "probabilities below are told apart by nothing that was measured"),
            param("most_probability", &T::most_probability, 0.5, 0.999999999999, "the same of those above"),
            param("least_charged_probability", &T::least_charged_probability, 1e-12, 0.5,
                  "below it the multiplier tells no safe account from another: a book whose median is "
                  "1e-9 would else charge the most for 1e-6"),
            param("reference_probability", &T::reference_probability, 1e-12, 1,
                  "probability that has multiplier 1, whoever else is in the book", {}, "0.0001"),
            param("multiplier_sensitivity", &T::multiplier_sensitivity, 0, 10,
                  "power of the probability over the reference", "power"),
            param("multiplier_floor", &T::multiplier_floor, 0.1, 1, "least multiplier", "times"),
            param("multiplier_cap", &T::multiplier_cap, 1, 10, "most of it", "times"),
        };
    }

    [[nodiscard]] double horizon_years() const { return horizon_days / days_per_year; }
    [[nodiscard]] Scale scale() const { return {anchor_score, anchor_odds, points_to_double_odds}; }
    [[nodiscard]] MultiplierRule rule() const {
        return {multiplier_sensitivity, multiplier_floor, multiplier_cap};
    }
    /// The probability that the multiplier goes by.
    [[nodiscard]] double charged(double breach_prob) const {
        return breach_prob < least_charged_probability ? least_charged_probability : breach_prob;
    }

    /// Fails with policy where it is of another model, or a parameter is not there or beyond its bounds.
    static Result<ScoreParams> of(const policy::Document& document);
    /// The preset.
    static ScoreParams standard();
};

/// The score policies and their one model.
const policy::Family& policies();

}  // namespace tidemark::score
