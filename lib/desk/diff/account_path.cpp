#include "desk/diff/account_path.hpp"

#include <algorithm>
#include <span>

namespace tidemark::desk {
namespace {

using record::Account;

std::string_view name_of(const record::Position& row) {
    return row.symbol;
}
std::string_view name_of(const record::Order& row) {
    return row.symbol;
}
std::string_view name_of(const record::Collateral& row) {
    return row.asset;
}

bool same(const record::Position& a, const record::Position& b) {
    return a.qty == b.qty && a.entry_price == b.entry_price && a.isolated_margin == b.isolated_margin;
}
bool same(const record::Order& a, const record::Order& b) {
    return a.qty == b.qty && a.limit_price == b.limit_price && a.reduce_only == b.reduce_only;
}
bool same(const record::Collateral& a, const record::Collateral& b) {
    return a.qty == b.qty;
}

template <class Row>
std::vector<Row> by_name(std::vector<Row> rows) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& a, const Row& b) { return name_of(a) < name_of(b); });
    return rows;
}

/// The rows from `at` on that have the first one's name.
template <class Row>
std::size_t end_of(const std::vector<Row>& rows, std::size_t at, std::string_view name) {
    while (at < rows.size() && name_of(rows[at]) == name) ++at;
    return at;
}

template <class Row>
double total(std::span<const Row> rows) {
    double sum = 0.0;
    for (const Row& row : rows) sum += row.qty;
    return sum;
}

/// Switches the rows of one list name by name; `step` names the step out of the rows before and after.
template <class Row, class Step, class Visit>
void switch_rows(std::vector<Row>& now, const std::vector<Row>& to, Step step, Visit visit) {
    const std::vector<Row> old_rows = by_name(now), new_rows = by_name(to);
    std::size_t i = 0, j = 0;
    while (i < old_rows.size() || j < new_rows.size()) {
        const bool from_old =
            j == new_rows.size() || (i < old_rows.size() && name_of(old_rows[i]) <= name_of(new_rows[j]));
        const std::string_view name = from_old ? name_of(old_rows[i]) : name_of(new_rows[j]);
        const std::size_t i_end = end_of(old_rows, i, name), j_end = end_of(new_rows, j, name);
        const std::span<const Row> before{old_rows.data() + i, i_end - i};
        const std::span<const Row> after{new_rows.data() + j, j_end - j};
        i = i_end;
        j = j_end;
        if (std::equal(before.begin(), before.end(), after.begin(), after.end(),
                       [](const Row& a, const Row& b) { return same(a, b); }))
            continue;
        now.assign(new_rows.begin(), new_rows.begin() + static_cast<std::ptrdiff_t>(j));
        now.insert(now.end(), old_rows.begin() + static_cast<std::ptrdiff_t>(i), old_rows.end());
        attribution::DiffStep made = step(before, after);
        made.item = name;
        visit(made);
    }
}

attribution::DiffStep position_step(std::span<const record::Position> before,
                                    std::span<const record::Position> after) {
    const double from = total(before), to = total(after);
    if (from != to || before.empty() || after.empty()) return {Cause::position, "", from, to, ""};
    if (before[0].entry_price != after[0].entry_price)
        return {Cause::entry, "", before[0].entry_price, after[0].entry_price, ""};
    return {Cause::collateral, "", before[0].isolated_margin, after[0].isolated_margin, ""};
}

double multiplier_of(const Account& account) {
    return account.score ? account.score->multiplier.value_or(1.0) : 1.0;
}

template <class Row>
bool holds(const std::vector<Row>& rows, std::string_view name) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const Row& row) { return name_of(row) == name && row.qty != 0.0; });
}

/// Closes rows of one list; `alone` puts one row into an account of its own.
template <class Row, class Alone, class Valued, class Visit>
void close_rows(std::vector<Row>& now, const std::vector<Row>& to, Cause cause, Alone alone, Valued valued,
                Visit visit) {
    for (const Row& row : by_name(now)) {
        if (holds(to, name_of(row)) || !holds(now, name_of(row))) continue;
        const std::optional<std::string> reason = valued(alone(row));
        if (!reason) continue;
        attribution::DiffStep step{cause, std::string{name_of(row)}, 0.0, 0.0, "closed first: " + *reason};
        for (const Row& other : now) *step.from += name_of(other) == name_of(row) ? other.qty : 0.0;
        std::erase_if(now, [&](const Row& other) { return name_of(other) == name_of(row); });
        visit(step);
    }
}

}  // namespace

void switch_account(Account& now, const Account& to, const AccountVisit& visit) {
    const auto seen = [&](const attribution::DiffStep& step) { visit(step, now); };
    now.ts = to.ts;
    if (now.margin_mode.value_or(record::MarginMode::cross) !=
        to.margin_mode.value_or(record::MarginMode::cross)) {
        now.margin_mode = to.margin_mode;
        seen({Cause::account, "margin_mode", std::nullopt, std::nullopt, ""});
    }
    if (now.currency != to.currency) {
        now.currency = to.currency;
        seen({Cause::account, "currency", std::nullopt, std::nullopt, ""});
    }
    switch_rows(now.positions, to.positions, position_step, seen);
    const auto amounts = [](Cause cause) {
        return [cause](auto before, auto after) {
            return attribution::DiffStep{cause, "", total(before), total(after), ""};
        };
    };
    switch_rows(now.collateral, to.collateral, amounts(Cause::collateral), seen);
    const double from = multiplier_of(now), into = multiplier_of(to);
    now.score = to.score;
    if (from != into) seen({Cause::score, "multiplier", from, into, ""});
    switch_rows(now.orders, to.orders, amounts(Cause::orders), seen);
}

void close_unvalued(Account& now, const Account& to,
                    const std::function<std::optional<std::string>(const Account& alone)>& valued,
                    const AccountVisit& visit) {
    const auto seen = [&](const attribution::DiffStep& step) { visit(step, now); };
    Account alone;
    alone.account_id = now.account_id;
    alone.ts = to.ts;
    alone.currency = now.currency;
    const auto position = [&](const record::Position& row) -> const Account& {
        alone.positions.assign(1, row);
        return alone;
    };
    close_rows(now.positions, to.positions, Cause::position, position, valued, seen);
    alone.positions.clear();
    const auto balance = [&](const record::Collateral& row) -> const Account& {
        alone.collateral.assign(1, row);
        return alone;
    };
    close_rows(now.collateral, to.collateral, Cause::collateral, balance, valued, seen);
}

}  // namespace tidemark::desk
