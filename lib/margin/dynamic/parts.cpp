#include "margin/dynamic/parts.hpp"

#include "margin/model/exact_sums.hpp"

namespace tidemark::margin {

void put_parts(Levels levels, Requirement& out) {
    out.initial_margin = to_exact_steps(levels.amounts, out.parts.amounts);
}

}  // namespace tidemark::margin
