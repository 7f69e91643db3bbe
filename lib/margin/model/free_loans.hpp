// Whether a model leaves what is owed without margin.
#pragma once

#include "margin/model/model.hpp"

namespace tidemark::margin {

/// Whether that debt by itself, its price as it is, needs no maintenance margin under the model, though the
/// price may rise. Asked of the model, whose other answers stay as they are; true where it has no figure for
/// the debt alone, and never of a pool, which asks for the margin of what is owed in what secures it.
bool leaves_debt_free(Model& model, const market::Balance& debt, Timestamp ts);

}  // namespace tidemark::margin
