#include "report/scenario_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "json/members.hpp"
#include "json/writer.hpp"

namespace tidemark::report {
namespace {

/// Never leaves the tool: the members are columns.
struct Row {
    std::string_view status, policy;
    std::string_view pool, item, move, vol;
    std::optional<double> weight;
    std::string_view leg;
    std::optional<double> qty, loss, initial, maintenance;
    std::string_view note;

    static constexpr auto fields() {
        using json::field;
        using T = Row;
        return std::tuple{field("status", &T::status, ""),   field("policy", &T::policy, ""),
                          field("pool", &T::pool, ""),       field("item", &T::item, ""),
                          field("move", &T::move, ""),       field("vol", &T::vol, ""),
                          field("weight", &T::weight, ""),   field("leg", &T::leg, ""),
                          field("qty", &T::qty, ""),         field("loss", &T::loss, ""),
                          field("initial", &T::initial, ""), field("maintenance", &T::maintenance, ""),
                          field("note", &T::note, "")};
    }
};

class RowWriter {
public:
    RowWriter(std::string& out, const record::Scenarios& entry) : out_{out}, entry_{entry} {
        pool_ = fmt::format("{}", fmt::join(entry.underlyings, "+"));
        base_.status = word(entry.status);
        base_.policy = entry.policy;
        base_.pool = pool_;
    }

    void write() {
        if (entry_.reason) put([&](Row& row) { row.note = *entry_.reason; });
        for (std::size_t k = 0; k < entry_.rows.size(); ++k) scenario(k);
        for (const auto& [name, floor] : entry_.floors) {
            put([&, amount = floor, what = name](Row& row) {
                row.item = what;
                row.leg = "floor";
                row.loss = amount;
                row.note = entry_.binds && word(*entry_.binds) == what ? "worst" : "";
            });
        }
        for (const record::ScenarioCharge& charge : entry_.charges) {
            put([&](Row& row) {
                row.item = charge.name;
                row.leg = "charge";
                row.initial = charge.initial;
                row.maintenance = charge.maintenance;
            });
        }
    }

private:
    void scenario(std::size_t k) {
        const record::ScenarioRow& found = entry_.rows[k];
        const std::string item = fmt::format("{}", k);
        std::string move;
        for (const auto& [asset, by] : found.moves)
            move += fmt::format("{}{} {:+.2f}%", move.empty() ? "" : " ", asset, 100.0 * by);
        const auto loss = [&](std::string_view leg, std::optional<double> qty, double amount, bool worst) {
            put([&](Row& row) {
                row.item = item;
                row.move = move;
                row.vol = word(found.vol);
                row.weight = found.weight;
                row.leg = leg;
                row.qty = qty;
                row.loss = amount;
                row.note = worst ? "worst" : "";
            });
        };
        for (std::size_t i = 0; i < entry_.legs.size(); ++i)
            loss(entry_.legs[i].name, entry_.legs[i].qty, found.losses[i], false);
        if (found.relief) loss("relief", std::nullopt, *found.relief, false);
        loss("total", std::nullopt, found.loss, entry_.worst == static_cast<std::int64_t>(k));
    }

    template <class Fill>
    void put(Fill&& fill) {
        Row row = base_;
        fill(row);
        if (out_.back() != '[') out_ += ',';
        json::append_value(out_, row);
    }

    std::string& out_;
    const record::Scenarios& entry_;
    std::string pool_;
    Row base_;
};

}  // namespace

void append_scenario_rows(std::string& out, std::span<const record::Scenarios> entries) {
    out += '[';
    for (const record::Scenarios& entry : entries) RowWriter{out, entry}.write();
    out += ']';
}

std::vector<stream::Column> scenario_columns() {
    stream::Column qty = stream::text_column("qty", "scenarios.qty");
    qty.right = true;
    return {stream::text_column("account", "account_id"),
            stream::text_column("status", "scenarios.status"),
            stream::text_column("policy", "scenarios.policy"),
            stream::text_column("underlying", "scenarios.pool"),
            stream::text_column("scenario", "scenarios.item"),
            stream::text_column("move", "scenarios.move"),
            stream::text_column("vol", "scenarios.vol"),
            stream::number_column("weight", "scenarios.weight", 4),
            stream::text_column("leg", "scenarios.leg"),
            qty,
            stream::number_column("loss", "scenarios.loss", 2),
            stream::number_column("initial", "scenarios.initial", 2),
            stream::number_column("maintenance", "scenarios.maintenance", 2),
            stream::text_column("note", "scenarios.note")};
}

}  // namespace tidemark::report
