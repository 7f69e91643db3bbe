#include "vol/headline/headline.hpp"

#include <algorithm>

namespace tidemark::vol {
namespace {

HeadlineSource source_of(const Blend& blend) {
    if (blend.rule == BlendRule::weighted) return HeadlineSource::blend;
    const bool floored = blend.rule == BlendRule::floored;
    return blend.implied_share == 0.0 && !floored ? HeadlineSource::realized : HeadlineSource::implied;
}

}  // namespace

Foreseen foreseen_over(std::span<const Foreseen> forecasts, double whole_days, const Foreseen& as_it_is) {
    const auto at = std::find_if(forecasts.begin(), forecasts.end(), [whole_days](const Foreseen& forecast) {
        return forecast.horizon_days == whole_days;
    });
    return at == forecasts.end() ? as_it_is : *at;
}

std::optional<Headline> headline(const HeadlineInput& input) {
    const auto blended = blend(input.implied, input.realized, input.weights);
    if (!blended) return std::nullopt;
    if (input.older && *input.older > blended->annual_vol)
        return Headline{*input.older, HeadlineSource::older_marks, std::nullopt};
    Headline out{blended->annual_vol, source_of(*blended), std::nullopt};
    if (blended->rule != BlendRule::alone) out.blend = *blended;
    return out;
}

}  // namespace tidemark::vol
