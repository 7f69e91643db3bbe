// The requirement of the dynamic model as one thing after the other is switched on.
#pragma once

#include "margin/model/model.hpp"

namespace tidemark::margin {

/// The requirement with each part and all before it switched on, in the order of Part.
using Levels = ByWord<Part>;

/// Fills in the parts and their sum, the initial margin; each part is the step from one level to the next, on
/// a grid on which they add up exactly.
void put_parts(Levels levels, Requirement& out);

}  // namespace tidemark::margin
