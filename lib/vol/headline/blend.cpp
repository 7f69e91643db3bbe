#include "vol/headline/blend.hpp"

#include <cmath>

namespace tidemark::vol {

std::string_view blend_rule_name(BlendRule rule) {
    switch (rule) {
        case BlendRule::weighted:
            return "weighted";
        case BlendRule::floored:
            return "floored";
        case BlendRule::greater:
            return "greater";
        case BlendRule::alone:
            return "alone";
    }
    return "alone";
}

std::optional<Blend> blend(const std::optional<BlendInput>& implied,
                           const std::optional<BlendInput>& realized, const BlendWeights& weights) {
    if (!implied && !realized) return std::nullopt;
    if (!implied) return Blend{realized->annual_vol, BlendRule::alone, 0.0, 1.0};
    if (!realized) return Blend{implied->annual_vol, BlendRule::alone, 1.0, 0.0};
    const double i = implied->annual_vol.value(), r = realized->annual_vol.value();
    if (!implied->fresh || !realized->fresh) {
        return i >= r ? Blend{implied->annual_vol, BlendRule::greater, 1.0, 0.0}
                      : Blend{realized->annual_vol, BlendRule::greater, 0.0, 1.0};
    }
    const double whole = weights.implied + weights.realized;
    const double share = weights.implied / whole, rest = weights.realized / whole;
    const double weighted = std::sqrt(share * i * i + rest * r * r);
    const double floor = weights.implied_floor * i;
    if (weighted < floor) return Blend{AnnualVol{floor}, BlendRule::floored, share, rest};
    return Blend{AnnualVol{weighted}, BlendRule::weighted, share, rest};
}

}  // namespace tidemark::vol
