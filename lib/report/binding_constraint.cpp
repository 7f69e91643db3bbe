#include "report/binding_constraint.hpp"

#include <fmt/format.h>

#include "json/escape.hpp"
#include "report/standalone.hpp"

namespace tidemark::report {
namespace {

void largest_part(const Parts& parts, record::Binds& out) {
    for (const Part part : every<Part>()) {
        if (!out.part.empty() && parts[part] <= out.amount) continue;
        out.part = word(part);
        out.amount = parts[part];
    }
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
            out.by = matrix.binds;
        }
        for (std::size_t i = 0; matrix.worst && i < matrix.legs.size(); ++i)
            offer(out, leg_name(matrix.legs[i].key, market), matrix.rows[*matrix.worst].losses[i]);
    }
}

/// What each would need if it were all there is.
void by_position(const margin::JudgedAccount& account, record::Binds& out) {
    out.by = Binding::positions;
    for (const Standalone& alone : standalone_legs(account))
        offer(out, leg_name(alone.key, account.market()), alone.initial_margin);
    for (const margin::NettingSet& set : account.sets()) {
        if (set.isolated) offer(out, account.market().symbol(*set.isolated), set.requirement.initial_margin);
    }
}

}  // namespace

record::Binds binding_constraint_of(const margin::JudgedAccount& account) {
    record::Binds out;
    largest_part(account.total().parts, out);
    if (account.total().initial_margin <= 0.0) return out;
    margin::ScenarioTable table;
    if (account.whole() && account.model().scenarios(account.sets().front().portfolio, table)) {
        by_scenario(table, account.market(), out);
        if (out.by == Binding::nothing) out.by = Binding::positions;  // charges alone
    } else {
        by_position(account, out);
    }
    return out;
}

std::string scenario_words(const json::Named& moves, VolMove vol) {
    std::string words;
    for (const auto& [asset, move] : moves)
        words += fmt::format("{} {:+.1f}%, ", json::printable(asset), 100.0 * move);
    return words + (vol == VolMove::none ? "vol unchanged" : fmt::format("vol {}", word(vol)));
}

}  // namespace tidemark::report
