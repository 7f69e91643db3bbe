#include "join/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/table.hpp"
#include "json/escape.hpp"

namespace tidemark::join {
namespace {

using cli::grouped;

std::string age(Timestamp then, Timestamp now) {
    const auto seconds = std::max<std::int64_t>(0, (now.ms - then.ms) / 1000);
    return seconds < 120 ? fmt::format("{} s old", seconds) : fmt::format("{} min old", seconds / 60);
}

void row(std::string& out, std::string_view name, double amount, std::string_view why) {
    out += fmt::format("    {:<26}{:>18}  {}\n", json::printable(name), grouped(amount, 2), why);
}

void total(std::string& out, std::string_view name, double amount, std::string_view why) {
    out += fmt::format("  {:<28}{:>18}  {}\n", name, grouped(amount, 2), why);
}

void collateral_rows(std::string& out, const Assessor& assessor, const market::Lens& lens, Timestamp now) {
    for (const market::Balance& balance : assessor.portfolio().balances) {
        const auto price = lens.asset(balance.asset);
        const auto counts = assessor.model().collateral_unit(balance.asset);
        if (!price || !counts) continue;
        const double unit = balance.qty < 0.0 ? price->price : *counts;
        const std::string from = price->at_par ? "at par by the policy" : age(price->ts, now);
        row(out, assessor.market().asset_name(balance.asset), balance.qty * unit,
            fmt::format("{} at {} after haircut {:.1f}%, {}", balance.qty, grouped(price->price, 2),
                        balance.qty < 0.0 ? 0.0 : 100.0 * (1.0 - unit / price->price), from));
    }
}

void position_rows(std::string& out, const Assessor& assessor, const market::Lens& lens, Timestamp now) {
    for (const market::Holding& holding : assessor.portfolio().holdings) {
        const auto priced = lens.instrument(holding.instrument);
        if (!priced) continue;
        const bool option = priced->contract.kind == pricing::ContractKind::option;
        const std::string basis =
            option ? fmt::format("forward {}, vol {:.1f}%", grouped(priced->price, 2), 100.0 * priced->vol)
                   : fmt::format("mark {}, entry {}", grouped(priced->price, 2), grouped(holding.entry, 2));
        row(out, assessor.market().symbol(holding.instrument),
            holding.qty * market::unit_value(*priced, holding.entry, 1.0),
            fmt::format("{} held, {}, delta {}, {}", holding.qty, basis,
                        grouped(holding.qty * priced->exposure, 0), age(priced->oldest, now)));
    }
}

/// Of the account, where it is not made of isolated positions.
void doubt_rows(std::string& out, const margin::Requirement& r) {
    if (r.haircut_charge > 0.0)
        row(out, "haircut", -r.haircut_charge, "spread and size of collateral, beyond the policy's table");
    if (r.confidence_charge > 0.0)
        row(out, "confidence", -r.confidence_charge, "what the prices of positions may be out by");
}

void part_rows(std::string& out, const record::Parts& parts) {
    const auto add = [&](const auto& field) {
        const double amount = parts.*field.member;
        if (amount != 0.0) row(out, field.name, amount, field.meaning);
    };
    std::apply([&](const auto&... field) { (add(field), ...); }, record::Parts::fields());
}

void worst_row(std::string& out, const record::WorstScenario& worst) {
    std::string moves;
    for (const auto& [asset, move] : worst.moves)
        moves += fmt::format("{} {:+.1f}%, ", json::printable(asset), 100.0 * move);
    total(out, "worst scenario", -worst.loss,
          fmt::format("{}volatility {}", moves, worst.vol == "none" ? "unchanged" : worst.vol));
}

void verdict(std::string& out, const record::Margin& margin) {
    const double equity = *margin.equity, initial = *margin.initial_margin,
                 maintenance = *margin.maintenance_margin;
    total(out, "free collateral", equity - initial, "equity less initial margin");
    if (!margin.health) {
        out += initial > 0.0 ? "  nothing is required to hold it\n" : "  nothing is required\n";
    } else if (equity <= maintenance) {
        out += fmt::format("  health {:.3f}: {} short of its maintenance margin\n", *margin.health,
                           grouped(maintenance - equity, 2));
    } else {
        out += fmt::format("  health {:.3f}: may lose {} before it is liquidated\n", *margin.health,
                           grouped(equity - maintenance, 2));
    }
}

}  // namespace

void append_explanation(std::string& out, const record::Account& account, const record::Margin& margin,
                        const Assessor& assessor) {
    out += fmt::format("account {} under {}\n", json::printable(account.account_id),
                       json::printable(margin.policy));
    if (margin.status == record::MarginStatus::indeterminate) {
        out += fmt::format("  indeterminate: {}\n\n", json::printable(*margin.reason));
        return;
    }
    const Timestamp now = *margin.as_of_ts;
    const market::Lens lens{assessor.market(), assessor.model().view()};
    total(out, "equity", *margin.equity,
          fmt::format("{}, as of {}", json::printable(margin.currency), to_rfc3339(now)));
    if (margin.isolated.empty()) {
        collateral_rows(out, assessor, lens, now);
        position_rows(out, assessor, lens, now);
    }
    if (margin.isolated.empty()) doubt_rows(out, assessor.requirement());
    for (const record::IsolatedMargin& alone : margin.isolated)
        row(out, alone.symbol, alone.equity,
            fmt::format("isolated, needs {} to hold", grouped(alone.maintenance_margin, 2)));
    total(out, "initial margin", *margin.initial_margin, "required to open or add");
    part_rows(out, *margin.parts);
    total(out, "maintenance margin", *margin.maintenance_margin, "at or below this it is liquidated");
    if (margin.worst_scenario) worst_row(out, *margin.worst_scenario);
    verdict(out, margin);
    for (const record::Assumption& assumption : margin.assumed)
        out += fmt::format("  assumed, no fresh record: {} of {}\n", assumption.what,
                           json::printable(assumption.asset));
    for (const record::SpeedNote& note : margin.volatility)
        out += fmt::format("  volatility of {}: measured {:.1f}%, in use {:.1f}%, {}\n",
                           json::printable(note.underlying), 100.0 * note.measured_annual_vol,
                           100.0 * note.annual_vol, note.speed);
    std::string off;
    for (const std::string_view part : margin.off) off += fmt::format("{}{}", off.empty() ? "" : ", ", part);
    if (!off.empty()) out += fmt::format("  not charged by this policy: {}\n", off);
    out += '\n';
}

}  // namespace tidemark::join
