#include "report/binding_constraint.hpp"

#include <fmt/format.h>

#include "json/escape.hpp"
#include "report/standalone.hpp"

namespace tidemark::report {
namespace {

void largest_part(const record::Parts& parts, record::Binds& out) {
    const auto look = [&](const auto& field) {
        if (!out.part.empty() && parts.*field.member <= out.amount) return;
        out.part = field.name;
        out.amount = parts.*field.member;
    };
    std::apply([&](const auto&... field) { (look(field), ...); }, record::Parts::fields());
}

void offer(record::Binds& out, std::string_view leg, double amount) {
    if (amount <= 0.0 || (out.leg_amount && amount <= *out.leg_amount)) return;
    out.leg = leg;
    out.leg_amount = amount;
}

/// A floor decides where it is what the greatest loss comes from.
void by_scenario(const margin::ScenarioTable& table, const market::Market& market, record::Binds& out) {
    double greatest = 0.0;
    for (const margin::ScenarioMatrix& matrix : table.matrices) {
        if (matrix.loss > greatest) {
            greatest = matrix.loss;
            out.by = "scenario";
            for (const auto& [name, floor] : matrix.floors) {
                if (!matrix.worst && floor == matrix.loss) out.by = name;
            }
        }
        for (std::size_t i = 0; matrix.worst && i < matrix.legs.size(); ++i)
            offer(out, leg_name(matrix.legs[i].key, market), matrix.rows[*matrix.worst].losses[i]);
    }
}

/// What each would need if it were all there is.
void by_position(const desk::AccountMargin& account_margin, record::Binds& out) {
    out.by = "positions";
    for (const Standalone& alone : standalone_legs(account_margin))
        offer(out, leg_name(alone.key, account_margin.market()), alone.initial_margin);
}

}  // namespace

record::Binds binding_constraint_of(const record::Margin& margin, const desk::AccountMargin& account_margin) {
    record::Binds out;
    largest_part(*margin.parts, out);
    out.by = "nothing";
    if (*margin.initial_margin <= 0.0) return out;
    if (!margin.isolated.empty()) {
        out.by = "positions";
        for (const record::IsolatedMargin& row : margin.isolated) offer(out, row.symbol, row.initial_margin);
        return out;
    }
    margin::ScenarioTable table;
    if (account_margin.model().scenarios(account_margin.portfolio(), table)) {
        by_scenario(table, account_margin.market(), out);
        if (out.by == "nothing") out.by = "positions";  // charges alone
    } else {
        by_position(account_margin, out);
    }
    return out;
}

std::string scenario_words(const json::Named& moves, std::string_view vol) {
    std::string words;
    for (const auto& [asset, move] : moves)
        words += fmt::format("{} {:+.1f}%, ", json::printable(asset), 100.0 * move);
    return words + (vol == "none" ? "vol unchanged" : fmt::format("vol {}", vol));
}

}  // namespace tidemark::report
