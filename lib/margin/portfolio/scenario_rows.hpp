// A pool's scenario margin as a table for people: every scenario, leg by leg, in account currency.
#pragma once

#include "margin/model/scenario_table.hpp"
#include "margin/portfolio/scenario_sets.hpp"

namespace tidemark::margin {

/// What scenario_margin found for the pool under the rule. initial_factor is the rule's own with the peg's.
ScenarioMatrix scenario_matrix(const ScenarioSet& set, const ScenarioMargin& margin, const ScenarioRule& rule,
                               double initial_factor);

}  // namespace tidemark::margin
