#include "margin/model/free_loans.hpp"

namespace tidemark::margin {

bool leaves_debt_free(Model& model, const market::Balance& debt, Timestamp ts) {
    if (model.weighs_sides()) return false;
    market::Portfolio alone;
    alone.ts = ts;
    alone.balances.push_back(debt);
    Requirement needed;
    return !model.require(alone, {}, needed) || !(needed.maintenance_margin > 0.0);
}

}  // namespace tidemark::margin
