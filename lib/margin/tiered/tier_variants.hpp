// A tiered policy with one underlying held to one of its tiers: what a venue would charge that picked
// another.
#pragma once

#include <string>
#include <vector>

#include "policy/document.hpp"

namespace tidemark::margin {

struct TierVariant {
    std::string asset;        // the underlying, or * for all others
    double floor = 0.0;       // notional from which the tier holds
    policy::Document policy;  // its rates hold for all of the notional, without deduction
};

/// One for each row of the policy's tables; none where its model is not tiered or it cannot be read.
std::vector<TierVariant> tier_variants(const policy::Document& policy);

}  // namespace tidemark::margin
