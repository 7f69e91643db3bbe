#include "desk/scenario_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "desk/account_margin.hpp"
#include "json/writer.hpp"
#include "report/scenario_rows.hpp"
#include "report/standalone.hpp"

namespace tidemark::desk {
namespace {

using record::Scenarios;

record::ScenarioRow to_record(const margin::ScenarioRow& row, const market::Market& market) {
    record::ScenarioRow out;
    for (const auto& [asset, move] : row.moves) out.moves.emplace_back(market.asset_name(asset), move);
    std::sort(out.moves.begin(), out.moves.end());
    out.vol = row.vol;
    out.weight = row.weight;
    out.losses = row.losses;
    if (row.relief != 0.0) out.relief = row.relief;
    out.loss = row.loss;
    return out;
}

std::vector<record::ScenarioCharge> to_record(const std::vector<margin::ScenarioCharge>& charges) {
    std::vector<record::ScenarioCharge> out;
    out.reserve(charges.size());
    for (const margin::ScenarioCharge& charge : charges)
        out.push_back({charge.name, charge.initial, charge.maintenance});
    return out;
}

class ScenarioWorker final : public stream::Worker {
public:
    ScenarioWorker(AccountMargin account_margin, bool flat)
        : account_margin_{std::move(account_margin)}, flat_{flat} {}

    Result<stream::Answer> answer(const json::Line& line, std::string& value) override {
        if (const Status read = reader_.read(line, account_); !read) return read.error();
        entries_.clear();
        const record::Margin& margin = account_margin_.assess(account_);
        const bool known = margin.status == record::MarginStatus::ok;
        if (!known) begin(margin).reason = *margin.reason;
        for (const margin::NettingSet& set : account_margin_.judged().sets()) {
            if (known) add(set, margin);
        }
        if (flat_) {
            report::append_scenario_rows(value, entries_);
        } else {
            json::append_value(value, entries_);
        }
        const bool all = std::all_of(entries_.begin(), entries_.end(), [](const Scenarios& entry) {
            return entry.status == record::MarginStatus::ok;
        });
        return stream::Answer{.indeterminate = !all};
    }

private:
    Scenarios& begin(const record::Margin& margin) {
        Scenarios& entry = entries_.emplace_back();
        entry.status = margin.status;
        entry.policy = margin.policy;
        entry.model = margin.model;
        entry.currency = margin.currency;
        entry.as_of_ts = margin.as_of_ts;
        return entry;
    }

    /// A loss may be beyond a double where the margin is not.
    static bool finite(const margin::ScenarioMatrix& matrix) {
        return std::all_of(matrix.rows.begin(), matrix.rows.end(), [](const margin::ScenarioRow& row) {
            return std::isfinite(row.loss) && std::all_of(row.losses.begin(), row.losses.end(),
                                                          [](double loss) { return std::isfinite(loss); });
        });
    }

    void add(const margin::NettingSet& set, const record::Margin& margin) {
        // What has just been assessed has scenarios: the worker was not made for a model without.
        if (!account_margin_.model().scenarios(set.portfolio, table_)) return;
        for (const margin::ScenarioMatrix& matrix : table_.matrices) {
            Scenarios& entry = begin(margin);
            if (finite(matrix)) {
                fill(matrix, entry);
            } else {
                entry.status = record::MarginStatus::indeterminate;
                entry.reason = "out_of_domain: amounts beyond what a double holds";
            }
        }
        if (!table_.charges.empty()) begin(margin).charges = to_record(table_.charges);
    }

    void fill(const margin::ScenarioMatrix& matrix, Scenarios& out) const {
        const market::Market& market = account_margin_.market();
        for (const market::AssetId id : matrix.underlyings) out.underlyings.push_back(market.asset_name(id));
        for (const margin::ScenarioLeg& leg : matrix.legs)
            out.legs.push_back({report::leg_name(leg.key, market), leg.qty});
        for (const margin::ScenarioRow& row : matrix.rows) out.rows.push_back(to_record(row, market));
        for (const auto& [floor, amount] : matrix.floors) out.floors.emplace_back(word(floor), amount);
        if (matrix.binds != Binding::nothing && !matrix.worst) out.binds = matrix.binds;
        if (matrix.worst) out.worst = static_cast<std::int64_t>(*matrix.worst);
        out.loss = matrix.loss;
        out.initial_factor = matrix.initial_factor;
        out.maintenance_factor = matrix.maintenance_factor;
        out.charges = to_record(matrix.charges);
    }

    AccountMargin account_margin_;
    bool flat_;
    json::Reader reader_;
    record::Account account_;
    margin::ScenarioTable table_;
    std::vector<Scenarios> entries_;
};

}  // namespace

Result<std::unique_ptr<stream::Worker>> scenario_worker(const policy::Document& document,
                                                        const market::Market& market, bool flat) {
    auto account_margin = AccountMargin::make(document, market);
    if (!account_margin) return account_margin.error();
    margin::ScenarioTable nothing;
    if (!account_margin->model().scenarios({}, nothing))
        return bad_policy(
            fmt::format("--scenarios: want a policy of model dynamic or scenario, got {} of model {}",
                        document.id(), document.model()));
    return std::unique_ptr<stream::Worker>{
        std::make_unique<ScenarioWorker>(*std::move(account_margin), flat)};
}

}  // namespace tidemark::desk
