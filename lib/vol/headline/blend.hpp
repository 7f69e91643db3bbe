// Implied and realised volatility made one, so that nothing missing or stale lowers it.
#pragma once

#include <optional>
#include <string_view>

#include "core/measure.hpp"

namespace tidemark::vol {

struct BlendInput {
    AnnualVol annual_vol;
    bool fresh = true;
};

/// Weights of the variances. The implied volatility is foresight that a realised one lacks, so the blend is
/// not let below implied_floor of it.
struct BlendWeights {
    double implied = 0.5, realized = 0.5, implied_floor = 1.0;
};

enum class BlendRule {
    weighted,  // root of the weighted mean of the variances
    floored,   // that came out below the floor
    greater,   // one is stale: the greater of the two
    alone,     // there is only one
};

std::string_view blend_rule_name(BlendRule rule);

struct Blend {
    AnnualVol annual_vol;
    BlendRule rule = BlendRule::alone;
    double implied_share = 0.0, realized_share = 0.0;  // of the weight that was used
};

/// None where there is neither. Wants weights of at least 0 that are not both 0.
std::optional<Blend> blend(const std::optional<BlendInput>& implied,
                           const std::optional<BlendInput>& realized, const BlendWeights& weights);

}  // namespace tidemark::vol
