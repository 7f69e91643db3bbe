// From a probability to points, and from points of view to a margin multiplier.
#pragma once

namespace tidemark::score {

/// Points that double the odds every pdo points and stand at anchor_score for anchor_odds to 1 (Siddiqi,
/// Credit Risk Scorecards, ch. 6).
struct Scale {
    double anchor_score;
    double anchor_odds;
    double points_to_double_odds;

    [[nodiscard]] double factor() const;  // points for one unit of log odds
    [[nodiscard]] double offset() const;  // points at even odds
    /// Points for a probability of failure inside 0 to 1.
    [[nodiscard]] double points(double probability) const;
};

/// Probability that a driftless profit and loss with this standard deviation over the horizon touches a loss
/// of `buffer` within it: 2 N(-buffer / sd). 1 where there is no buffer, 0 where nothing moves.
double touch_probability(double buffer, double sd);

/// (prob / reference)^sensitivity, within bounds: neutral where prob is the reference.
struct MultiplierRule {
    double sensitivity;
    double floor;
    double cap;

    [[nodiscard]] double multiplier(double probability, double reference) const;
};

}  // namespace tidemark::score
