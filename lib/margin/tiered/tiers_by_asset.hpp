// The tiers of a policy by underlying, and whether its parameters fit each other.
#pragma once

#include <map>
#include <string>

#include "margin/model/notional_tiers.hpp"
#include "margin/tiered/model.hpp"

namespace tidemark::margin {

struct Tiers {
    TierTable initial, maintenance;
};

using TiersByAsset = std::map<std::string, Tiers, std::less<>>;

/// Fails with policy where rows do not match, a switch is neither 0 nor 1, or a maintenance rate is above the
/// initial one.
Status check_tiered(const TieredParams& params);

/// Fails with policy where the tiers of an underlying do not ascend from 0.
Result<TiersByAsset> tiers_of(const TieredParams& params);

}  // namespace tidemark::margin
