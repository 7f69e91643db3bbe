#include "report/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "convert/portfolio_of.hpp"
#include "json/escape.hpp"
#include "report/binding_constraint.hpp"
#include "report/holding_text.hpp"
#include "report/part_parameters.hpp"
#include "report/standalone.hpp"
#include "report/statement.hpp"
#include "stream/io/table.hpp"

namespace tidemark::report {
namespace {

using stream::grouped;

/// What the rows leave of the total, as a row of its own: rounding is not taken for it.
void add_rest(double total, std::string_view less, std::string_view more, std::vector<StatementRow>& rows) {
    for (const StatementRow& row : rows) total -= row.amount;
    if (std::fabs(total) >= 0.005)
        rows.push_back({"together", total, std::string{total < 0.0 ? less : more}});
}

/// One account's page, as it grows.
class Page {
public:
    Page(std::string& out, const std::optional<record::Score>& score, const record::Margin& margin,
         const margin::JudgedAccount& account)
        : out_{out}, score_{score}, margin_{margin}, account_{account}, words_{account, *margin.as_of_ts} {
        alone_ = standalone_legs(account);
        // Without scenarios the table stays empty.
        if (account.whole())
            static_cast<void>(account.model().scenarios(account.sets().front().portfolio, table_));
    }

    void write() {
        equity();
        initial();
        one_by_one();
        worst_scenario();
        charges();
        volatilities();
        maintenance();
        verdict();
        multiplier();
    }

private:
    [[nodiscard]] std::string name(const margin::LegKey& key) const {
        return std::string{leg_name(key, account_.market())};
    }
    [[nodiscard]] std::string part_why(std::string_view part, std::string_view meaning) const {
        return part_parameters_text(account_.policy(), part, meaning);
    }
    void add_worst(const margin::ScenarioMatrix& matrix, std::vector<StatementRow>& rows) const;
    void equity();
    void initial();
    void one_by_one();
    void worst_scenario();
    void charges();
    void volatilities();
    void maintenance();
    void verdict();
    void multiplier();

    std::string& out_;
    const std::optional<record::Score>& score_;
    const record::Margin& margin_;
    const margin::JudgedAccount& account_;
    HoldingText words_;
    std::vector<Standalone> alone_;
    margin::ScenarioTable table_;
};

/// An isolated position by itself, with its margin.
Standalone held_alone(const margin::NettingSet& set) {
    Standalone alone{
        {*set.isolated, false}, 0.0, 0.0, set.requirement.equity, set.requirement.initial_margin};
    for (const market::Holding& holding : set.portfolio.holdings) {
        alone.qty += holding.qty;
        alone.entry = holding.entry;
    }
    return alone;
}

void Page::equity() {
    std::vector<StatementRow> rows;
    for (const Standalone& alone : alone_)
        rows.push_back({name(alone.key), alone.equity, words_.held(alone)});
    for (const margin::NettingSet& set : account_.sets()) {
        if (!set.isolated) continue;
        Standalone alone = held_alone(set);
        const double whole = alone.equity, margin = set.requirement.collateral_value;
        alone.equity -= margin;
        rows.push_back({name(alone.key), whole,
                        fmt::format("isolated with a margin of {}, needs {} to hold; {}", grouped(margin, 2),
                                    grouped(set.requirement.maintenance_margin, 2), words_.held(alone))});
    }
    add_rest(*margin_.equity, "less than each", "more than each", rows);
    append_section(out_,
                   {"equity", *margin_.equity,
                    fmt::format("{}, as of {}", margin_.currency, to_rfc3339(*margin_.as_of_ts))},
                   rows);
}

void Page::initial() {
    std::vector<StatementRow> rows;
    for (const Part part : every<Part>()) {
        const double amount = (*margin_.parts)[part];
        if (amount == 0.0) continue;
        const PartText& text = text_of(part);
        rows.push_back({std::string{text.word}, amount, part_why(text.word, text.meaning)});
    }
    append_section(out_, {"initial margin", *margin_.initial_margin, "required to open or add"}, rows);
}

void Page::one_by_one() {
    if (*margin_.initial_margin <= 0.0) return;
    std::vector<StatementRow> rows;
    for (const Standalone& alone : alone_) {
        if (alone.initial_margin == 0.0) continue;
        rows.push_back({name(alone.key), alone.initial_margin, words_.needed(alone)});
    }
    for (const margin::NettingSet& set : account_.sets()) {
        if (!set.isolated) continue;
        const Standalone alone = held_alone(set);
        rows.push_back({name(alone.key), alone.initial_margin, words_.needed(alone)});
    }
    add_rest(*margin_.initial_margin, "what they offset of one another", "more than each needs", rows);
    append_section(out_, {"initial margin one by one", *margin_.initial_margin, "the same by holding"}, rows);
}

void Page::add_worst(const margin::ScenarioMatrix& matrix, std::vector<StatementRow>& rows) const {
    if (!matrix.worst) {
        if (matrix.binds != Binding::nothing)
            rows.push_back({std::string{word(matrix.binds)}, -matrix.loss, "least that is lost"});
        return;
    }
    const margin::ScenarioRow& row = matrix.rows[*matrix.worst];
    for (std::size_t i = 0; i < matrix.legs.size(); ++i)
        rows.push_back({name(matrix.legs[i].key), -row.losses[i],
                        fmt::format("scenario {}, weight {:.4g}", *matrix.worst, row.weight)});
    if (row.relief != 0.0) rows.push_back({"relief", -row.relief, "by the rule"});
}

void Page::worst_scenario() {
    if (!margin_.worst_scenario) return;
    std::vector<StatementRow> rows;
    for (const margin::ScenarioMatrix& matrix : table_.matrices) add_worst(matrix, rows);
    append_section(out_,
                   {"worst scenario", -margin_.worst_scenario->loss,
                    scenario_words(margin_.worst_scenario->moves, margin_.worst_scenario->vol)},
                   rows);
}

void Page::charges() {
    std::vector<StatementRow> rows;
    double sum = 0.0;
    const auto add = [&](const margin::ScenarioCharge& charge) {
        rows.push_back({std::string{charge.name}, charge.initial,
                        fmt::format("{} in the maintenance margin", grouped(charge.maintenance, 2))});
        sum += std::round(charge.initial * 100.0) / 100.0;  // rows are read as they are shown
    };
    for (const margin::ScenarioMatrix& matrix : table_.matrices)
        std::for_each(matrix.charges.begin(), matrix.charges.end(), add);
    std::for_each(table_.charges.begin(), table_.charges.end(), add);
    if (!rows.empty())
        append_section(out_, {"charges", sum, "in the initial margin beside the scenarios"}, rows);
}

void Page::volatilities() {
    if (!margin::follows_range(account_.policy())) return;
    for (const margin::ScenarioMatrix& matrix : table_.matrices) {
        for (const market::AssetId id : matrix.underlyings) {
            const auto& vol = account_.market().asset(id).vol;
            if (!vol) continue;
            out_ += fmt::format("  volatility of {}: {:.1f}% measured, {:.1f}% in the long run, {}\n",
                                json::printable(account_.market().asset_name(id)), 100.0 * vol->annual_vol,
                                100.0 * vol->base_annual_vol, age_words(vol->ts, *margin_.as_of_ts));
        }
    }
}

void Page::maintenance() {
    append_section(out_,
                   {"maintenance margin", *margin_.maintenance_margin,
                    part_why("maintenance margin", "at or below this it is liquidated")},
                   {});
}

void Page::verdict() {
    double equity = *margin_.equity, needed = *margin_.maintenance_margin;
    append_section(out_, {"free collateral", equity - *margin_.initial_margin, "equity less initial margin"},
                   {});
    for (const record::IsolatedMargin& alone : margin_.isolated) {
        if (alone.health != margin_.health) continue;  // what is closest to its edge has the account's health
        equity = alone.equity;
        needed = alone.maintenance_margin;
    }
    if (!margin_.health) {
        const std::string_view what =
            *margin_.initial_margin > 0.0 ? "nothing is required to hold it" : "nothing is required";
        out_ += fmt::format("  {}{}\n", what, equity < 0.0 ? ", but equity is below 0" : "");
    } else if (equity <= needed) {
        out_ += fmt::format("  health {:.3f}: {} short of its maintenance margin\n", *margin_.health,
                            grouped(needed - equity, 2));
    } else {
        out_ += fmt::format("  health {:.3f}: may lose {} before it is liquidated\n", *margin_.health,
                            grouped(equity - needed, 2));
    }
    for (const record::Assumption& assumption : margin_.assumed)
        out_ += fmt::format("  assumed, no fresh record: {} of {}\n", word(assumption.what),
                            json::printable(assumption.asset));
    for (const record::SpeedNote& note : margin_.volatility)
        out_ += fmt::format("  volatility of {}: measured {:.1f}%, in use {:.1f}%, {}\n",
                            json::printable(note.underlying), 100.0 * note.measured_annual_vol,
                            100.0 * note.annual_vol, word(note.speed));
    std::string off;
    for (const std::string_view part : margin_.off) off += fmt::format("{}{}", off.empty() ? "" : ", ", part);
    if (!off.empty()) out_ += fmt::format("  not charged by this policy: {}\n", off);
}

/// The account's own factor, and what it was measured by.
void Page::multiplier() {
    if (!score_ || !score_->multiplier) return;
    out_ += fmt::format("  account multiplier {}", *score_->multiplier);
    if (score_->breach_prob) out_ += fmt::format(", breach probability {}", *score_->breach_prob);
    if (score_->reference) out_ += fmt::format(" against a reference of {}", *score_->reference);
    if (score_->accounts.value_or(0) > 0) out_ += fmt::format(" (median of {} accounts)", *score_->accounts);
    out_ += '\n';
}

/// The account with nothing but one of the things that it holds, one after the other.
std::vector<record::Account> things_of(const record::Account& account) {
    std::vector<record::Account> all;
    record::Account bare = account;
    bare.collateral.clear();
    bare.positions.clear();
    bare.orders.clear();
    for (const record::Collateral& balance : account.collateral)
        all.emplace_back(bare).collateral.push_back(balance);
    for (const record::Position& position : account.positions)
        all.emplace_back(bare).positions.push_back(position);
    for (const record::Order& order : account.orders) all.emplace_back(bare).orders.push_back(order);
    return all;
}

/// What else than `said` keeps the account from having figures, all of it at once.
void append_missing(std::string& out, std::string_view said, const record::Account& account,
                    const margin::JudgedAccount& judged) {
    const auto cash = judged.market().find_asset(account.currency.value_or("USD"));
    if (!cash) return;
    std::vector<std::string> told{std::string{said}};
    margin::NettingSets sets;
    for (const record::Account& thing : things_of(account)) {
        Status known = convert::netting_sets_of(thing, judged.market(), judged.model().view(), *cash, sets);
        if (known) known = margin::judge(judged.model(), sets.all());
        if (known) continue;
        std::string why = fmt::format("{}: {}", errc_name(known.error().code), known.error().message);
        if (std::find(told.begin(), told.end(), why) != told.end()) continue;
        out += fmt::format("  as well: {}\n", json::printable(why));
        told.push_back(std::move(why));
    }
}

}  // namespace

void append_explanation(std::string& out, const record::Account& account, const record::Margin& margin,
                        const margin::JudgedAccount& judged) {
    out += fmt::format("account {} under {}\n", json::printable(account.account_id),
                       json::printable(margin.policy));
    if (margin.status == record::MarginStatus::indeterminate) {
        out += fmt::format("  indeterminate: {}\n", json::printable(*margin.reason));
        append_missing(out, *margin.reason, account, judged);
        out += '\n';
        return;
    }
    Page{out, account.score, margin, judged}.write();
    out += '\n';
}

}  // namespace tidemark::report
