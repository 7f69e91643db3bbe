#include "desk/diff/diff_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "json/writer.hpp"

namespace tidemark::desk {
namespace {

using record::DiffFigures;

/// One line of the table, from and to as they are read.
struct Row {
    std::string_view account_id, cause, item;
    std::string from, to;
    std::optional<DiffFigures> by;
    std::string note;
};

void append(std::string& out, const Row& row) {
    out += R"({"type":)";
    json::append_quoted(out, diff_row_type);
    json::append_member(out, "account_id", row.account_id);
    json::append_member(out, "cause", row.cause);
    json::append_member(out, "item", row.item);
    json::append_member(out, "from", std::string_view{row.from});
    json::append_member(out, "to", std::string_view{row.to});
    if (row.by) json::append_members(out, *row.by);
    json::append_member(out, "note", std::string_view{row.note});
    out += "}\n";
}

std::string shown(Cause cause, std::optional<double> value) {
    if (!value) return "";
    if (cause == Cause::time) return to_rfc3339(Timestamp{static_cast<std::int64_t>(*value)});
    if (std::fabs(*value) < 100.0) return fmt::format("{:.4g}", *value);
    return stream::grouped(*value, *value == std::floor(*value) ? 0 : 2);
}

std::string note_of(const record::DiffRow& row) {
    std::string note{row.note.value_or("")};
    if (!row.with.empty()) note += fmt::format("{}with", note.empty() ? "" : "; ");
    for (std::size_t i = 0; i < row.with.size(); ++i)
        note += fmt::format("{} {}", i == 0 ? "" : ",", row.with[i]);
    return note;
}

Row total_row(std::string_view account_id, std::string_view name, const DiffFigures& from,
              const DiffFigures& to) {
    return {account_id,
            name,
            "initial margin",
            stream::grouped(from.initial_margin, 2),
            stream::grouped(to.initial_margin, 2),
            DiffFigures{to.initial_margin - from.initial_margin,
                        to.maintenance_margin - from.maintenance_margin, to.equity - from.equity},
            ""};
}

/// The greater change of the initial margin comes first, then that of the equity; of the same, what came
/// first.
template <class T, class Figures>
void by_size(std::vector<T>& rows, Figures figures) {
    const auto size = [&](const T& row) {
        const DiffFigures& by = figures(row);
        return std::pair{std::fabs(by.initial_margin), std::fabs(by.equity)};
    };
    std::stable_sort(rows.begin(), rows.end(), [&](const T& a, const T& b) { return size(a) > size(b); });
}

DiffFigures figures_of(const record::DiffRow& row) {
    return {row.initial_margin, row.maintenance_margin, row.equity};
}

void add(DiffFigures& sum, const DiffFigures& more) {
    sum.initial_margin += more.initial_margin;
    sum.maintenance_margin += more.maintenance_margin;
    sum.equity += more.equity;
}

}  // namespace

std::vector<stream::Column> diff_columns() {
    std::vector<stream::Column> columns{stream::text_column("account", "account_id"),
                                        stream::text_column("cause", "cause"),
                                        stream::text_column("item", "item"),
                                        stream::text_column("from", "from"),
                                        stream::text_column("to", "to"),
                                        stream::number_column("initial", "initial_margin", 2),
                                        stream::number_column("maintenance", "maintenance_margin", 2),
                                        stream::number_column("equity", "equity", 2),
                                        stream::text_column("note", "note")};
    columns[3].right = columns[4].right = true;
    return columns;
}

void DiffTable::add(std::string& out, std::string_view account_id, const record::MarginDiff& diff) {
    const std::string_view status = word(diff.status);
    if (diff.status == record::DiffStatus::indeterminate) {
        append(out, {account_id, status, "", "", "", std::nullopt, std::string{*diff.reason}});
        return;
    }
    ++accounts_;
    const DiffFigures from = diff.before.value_or(DiffFigures{}), to = diff.after.value_or(DiffFigures{});
    const bool both = diff.before && diff.after;
    const Row total = total_row(account_id, both ? "total" : status, from, to);
    append(out, total);
    desk::add(from_, from);
    desk::add(to_, to);
    if (!both) desk::add(by_cause_[std::string{status}], *total.by);
    std::vector<record::DiffRow> rows = diff.rows;
    by_size(rows, figures_of);
    for (const record::DiffRow& row : rows) {
        const DiffFigures by = figures_of(row);
        append(out, {account_id, word(row.cause), row.item.value_or(""), shown(row.cause, row.from),
                     shown(row.cause, row.to), by, note_of(row)});
        desk::add(by_cause_[std::string{word(row.cause)}], by);
    }
}

void DiffTable::add_all(std::string& out) const {
    if (accounts_ < 2) return;
    append(out, total_row("all", "total", from_, to_));
    std::vector<std::pair<std::string_view, DiffFigures>> rows;
    for (const auto& [cause, by] : by_cause_) rows.emplace_back(cause, by);
    by_size(rows, [](const auto& row) { return row.second; });
    for (const auto& [cause, by] : rows) append(out, {"all", cause, "", "", "", by, ""});
}

}  // namespace tidemark::desk
