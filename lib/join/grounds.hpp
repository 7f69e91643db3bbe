// Which parameters of a policy are behind each part of a margin.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "policy/document.hpp"

namespace tidemark::join {

struct Ground {
    std::string_view model, part;  // no model: every one; the part may be equity or maintenance margin
    std::string_view parameters;   // names with blanks between
};

/// Every part that a model charges has one.
std::span<const Ground> grounds();

/// The parameters behind a part, as the policy has them: horizon_days 2, confidence 0.99. Empty where none
/// is.
std::string ground_text(const policy::Document& policy, std::string_view part);

}  // namespace tidemark::join
