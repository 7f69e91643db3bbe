// Scenario records to shocks.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "market/shock.hpp"

namespace tidemark::desk {

/// The shocks of the scenario of this name in a text of scenario lines; where the name is empty, of the only
/// one there is. Every line is read, and lines of other types are none. Fails with usage, where `file` and
/// the line are named.
Result<market::Shocks> scenario_shocks(std::string_view text, std::string_view file, std::string_view name);

}  // namespace tidemark::desk
