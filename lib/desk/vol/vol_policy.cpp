#include "desk/vol/vol_policy.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/errors.hpp"

namespace tidemark::desk {
namespace {

Status whole(double days, std::string_view name) {
    if (days == std::floor(days)) return Ok{};
    return bad_policy(fmt::format("want whole days, got {}", days), name);
}

Status check(const VolPolicy& policy) {
    if (!(policy.implied_weight + policy.realized_weight > 0.0))
        return bad_policy("want a weight above 0 for one of the two", "implied_weight");
    if (policy.forecast_days.empty()) return bad_policy("want a horizon at least", "forecast_days");
    Status days = whole(policy.anchor_days, "anchor_days");
    if (days) days = whole(policy.stressed_days, "stressed_days");
    for (const double horizon : policy.forecast_days) {
        if (days) days = whole(horizon, "forecast_days");
    }
    return days;
}

}  // namespace

Result<VolPolicy> VolPolicy::of(const policy::Document& document) {
    if (document.model() != vol_policy_model)
        return bad_policy(
            fmt::format("want a policy of model {}, got {}", vol_policy_model, document.model()), "model");
    auto policy = document.params<VolPolicy>();
    if (!policy) return policy.error();
    if (const Status checked = check(*policy); !checked) return checked.error();
    policy->id = document.id();
    return policy;
}

VolPolicy VolPolicy::standard() {
    return of(policy::preset(vol_policy_preset, policy::vol_presets()).value()).value();
}

const policy::Family& vol_policies() {
    static const policy::Family family{
        "volatility",
        policy::vol_presets(),
        {{vol_policy_model, "how implied, realised and long-run volatility are weighed",
          policy::schema<VolPolicy>}}};
    return family;
}

}  // namespace tidemark::desk
