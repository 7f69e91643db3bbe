#include "score/score_policy.hpp"

#include <fmt/format.h>

#include "core/errors.hpp"

namespace tidemark::score {

Result<ScoreParams> ScoreParams::of(const policy::Document& document) {
    if (document.model() != score_policy_model)
        return bad_policy(
            fmt::format("want a policy of model {}, got {}", score_policy_model, document.model()), "model");
    return document.params<ScoreParams>();
}

ScoreParams ScoreParams::standard() {
    return of(policy::preset(score_policy_preset, policy::score_presets()).value()).value();
}

const policy::Family& policies() {
    static const policy::Family family{
        "score",
        policy::score_presets(),
        {{score_policy_model,
          "how likely a driftless profit and loss is to touch the margin boundary, in points",
          policy::schema<ScoreParams>}}};
    return family;
}

}  // namespace tidemark::score
