#include "desk/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "desk/account_filter.hpp"
#include "desk/account_margin.hpp"
#include "json/escape.hpp"
#include "json/writer.hpp"
#include "report/binding_constraint.hpp"

namespace tidemark::desk {
namespace {

class ComparisonWorker final : public stream::Worker {
public:
    explicit ComparisonWorker(std::vector<AccountMargin> assessors) : assessors_{std::move(assessors)} {}

    Result<stream::Answer> answer(const json::Line& line, std::string& value) override {
        if (const Status read = reader_.read(line, account_); !read) return read.error();
        stream::Answer answer;
        char open = '[';
        for (AccountMargin& account_margin : assessors_) {
            record::ComparedMargin entry;
            static_cast<record::Margin&>(entry) = account_margin.assess(account_);
            if (entry.status == record::MarginStatus::ok) {
                entry.binds = report::binding_constraint_of(account_margin.judged());
            } else {
                answer.indeterminate = true;
            }
            value += open;
            open = ',';
            json::append_value(value, entry);
        }
        value += ']';
        return answer;
    }

private:
    std::vector<AccountMargin> assessors_;
    json::Reader reader_;
    record::Account account_;
};

/// The text or number at a path under the entry; empty where there is none.
std::string text_at(const json::Line& line, std::string_view path) {
    const std::uint32_t at = stream::find_path(line, path);
    std::string scratch;
    return at == 0 ? scratch : std::string{line.string(line.at(at), scratch)};
}

std::string worst_cell(const json::Line& line) {
    const std::uint32_t moves = stream::find_path(line, "comparison.worst_scenario.moves");
    const std::uint32_t loss = stream::find_path(line, "comparison.worst_scenario.loss");
    if (moves == 0 || loss == 0 || line.at(loss).number <= 0.0) return {};
    std::vector<std::string> names;
    json::Named shown;
    for (std::uint32_t key = moves + 1; key < line.at(moves).next; key = line.at(key + 1).next) {
        std::string scratch;
        names.emplace_back(line.string(line.at(key), scratch));
        shown.emplace_back("", line.at(key + 1).number);
    }
    for (std::size_t i = 0; i < names.size(); ++i) shown[i].first = names[i];
    const auto vol = named<VolMove>(text_at(line, "comparison.worst_scenario.vol"));
    return report::scenario_words(shown, vol.value_or(VolMove::none));
}

std::string binds_cell(const json::Line& line) {
    if (stream::find_path(line, "comparison.binds") == 0) return {};
    std::string by = text_at(line, "comparison.binds.by");
    if (named<Binding>(by) == Binding::nothing) return by;
    const std::string leg = text_at(line, "comparison.binds.leg");
    return fmt::format("{}, {}{}{}", by, text_at(line, "comparison.binds.part"), leg.empty() ? "" : ", ",
                       leg);
}

}  // namespace

Result<std::vector<policy::Document>> policies_of(std::string_view list) {
    std::vector<policy::Document> policies;
    std::vector<std::string> names;
    for (std::size_t at = 0; at <= list.size();) {
        const std::size_t end = std::min(list.find(',', at), list.size());
        const std::string name{list.substr(at, end - at)};
        at = end + 1;
        if (name.empty() || std::find(names.begin(), names.end(), name) != names.end())
            return Error{Errc::usage,
                         fmt::format("--compare: want policies with commas between, each once, got '{}'",
                                     json::printable(list)),
                         "", 0};
        auto document = policy_named(name);
        if (!document) {
            document.error().message = fmt::format("--compare: {}", document.error().message);
            return document.error();
        }
        names.push_back(name);
        policies.push_back(*std::move(document));
    }
    return policies;
}

Result<std::unique_ptr<stream::Worker>> comparison_worker(const std::vector<policy::Document>& policies,
                                                          const market::Market& market) {
    std::vector<AccountMargin> assessors;
    for (const policy::Document& policy : policies) {
        auto account_margin = AccountMargin::make(policy, market);
        if (!account_margin) return account_margin.error();
        assessors.push_back(*std::move(account_margin));
    }
    return std::unique_ptr<stream::Worker>{std::make_unique<ComparisonWorker>(std::move(assessors))};
}

std::vector<stream::Column> comparison_columns() {
    return {stream::text_column("account", "account_id"),
            stream::text_column("policy", "comparison.policy"),
            stream::text_column("status", "comparison.status"),
            stream::number_column("equity", "comparison.equity", 0),
            stream::number_column("initial", "comparison.initial_margin", 0),
            stream::number_column("maintenance", "comparison.maintenance_margin", 0),
            stream::number_column("health", "comparison.health", 2),
            stream::number_column("free collateral", "comparison.free_collateral", 0),
            {"worst scenario", false, worst_cell},
            {"what binds", false, binds_cell},
            stream::text_column("reason", "comparison.reason")};
}

}  // namespace tidemark::desk
