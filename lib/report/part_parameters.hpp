// Which parameters of a policy are behind each part of a margin.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "policy/document.hpp"

namespace tidemark::report {

struct PartParameters {
    std::string_view model, part;  // the part may also be `maintenance margin`
    std::string_view parameters;   // names with blanks between
    std::string_view meaning;      // of the part in this model, where it is not the field's own
};

/// Every part that a model charges has one.
std::span<const PartParameters> part_parameters();

/// What a part is in the policy's model, and the parameters behind it as the policy has them: ...;
/// horizon_days 2, confidence 0.99. `otherwise` is said where the model says nothing of its own.
std::string part_parameters_text(const policy::Document& policy, std::string_view part,
                                 std::string_view otherwise);

}  // namespace tidemark::report
