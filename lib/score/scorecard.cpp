#include "score/scorecard.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "stats/distributions/normal.hpp"

namespace tidemark::score {

double Scale::factor() const {
    return points_to_double_odds / std::numbers::ln2;
}

double Scale::offset() const {
    return anchor_score - factor() * std::log(anchor_odds);
}

double Scale::points(double probability) const {
    return offset() + factor() * std::log((1.0 - probability) / probability);
}

double touch_probability(double buffer, double sd) {
    if (!(buffer > 0.0)) return 1.0;
    if (!(sd > 0.0)) return 0.0;
    return std::min(1.0, 2.0 * stats::normal_cdf(-buffer / sd));
}

double MultiplierRule::multiplier(double probability, double reference) const {
    return std::clamp(std::pow(probability / reference, sensitivity), floor, cap);
}

}  // namespace tidemark::score
