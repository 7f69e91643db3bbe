// The requirement of the dynamic model as one thing after the other is switched on.
#pragma once

#include <array>

#include "margin/model/model.hpp"

namespace tidemark::margin {

/// In the order of Parts.
using Levels = std::array<double, 9>;
constexpr std::size_t without_orders = 7;  // the level that orders are added to

/// Fills in the parts and their sum, the initial margin; each part is the step from one level to the next, on
/// a grid on which they add up exactly.
void put_parts(Levels levels, Requirement& out);

}  // namespace tidemark::margin
