// liq-check: how far each account is from liquidation, and what would save it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/tool.hpp"
#include "core/errors.hpp"
#include "desk/account_filter.hpp"
#include "desk/liquidator.hpp"
#include "json/writer.hpp"

using namespace tidemark;

namespace {

using Standing = record::LiquidationStatus;
constexpr const auto& standings = Words<Standing>::list;

struct Options {
    desk::AccountOptions desk;
    std::string fail_on;
    bool no_distance = false, no_advice = false;
};

/// An account without figures comes behind those that are known to be liquidated.
stream::Offender offender(const record::Liquidation& found) {
    const bool unknown = found.status == Standing::indeterminate;
    const int rank =
        unknown ? 2 * static_cast<int>(Standing::margin_call) + 1 : 2 * static_cast<int>(found.status);
    std::string what{standings.at(static_cast<std::size_t>(found.status))};
    if (found.health) what += fmt::format(", health {:.4f}", *found.health);
    if (found.buffer) what += ", buffer " + stream::grouped(*found.buffer, 2);
    if (found.reason) what += fmt::format(": {}", *found.reason);
    return {.rank = rank, .weight = found.health ? -*found.health : 0.0, .key = {}, .what = std::move(what)};
}

class LiquidationWorker final : public stream::Worker {
public:
    LiquidationWorker(desk::Liquidator liquidator, std::string policy, const Options& options)
        : liquidator_{std::move(liquidator)}, policy_{std::move(policy)}, options_{options} {}

    Result<stream::Answer> answer(const json::Line& line, std::string& value) override {
        if (const Status read = reader_.read(line, account_); !read) return read.error();
        if (const Status same = same_policy(); !same) return same.error();
        const record::Liquidation& found = liquidator_.judge(account_);
        json::append_value(value, found);
        const auto wanted = std::find(standings.begin(), standings.end(), options_.fail_on);
        const auto limit = static_cast<Standing>(wanted - standings.begin());
        const bool holds = !options_.fail_on.empty() && found.status >= limit;
        return stream::Answer{.indeterminate = found.reason.has_value(),
                              .found = holds,
                              .offender = holds ? offender(found) : stream::Offender{}};
    }

private:
    /// A distance by another rule than the margin on the line would contradict it.
    Status same_policy() {
        if (!options_.desk.policy.empty() || !account_.margin || !account_.margin->policy ||
            account_.margin->policy == policy_)
            return Ok{};
        return bad_policy("want the policy " + policy_ +
                              " that liq-check works by, or --policy (and --set) as margin-calc had it",
                          "margin.policy");
    }

    desk::Liquidator liquidator_;
    std::string policy_;
    const Options& options_;
    json::Reader reader_;
    record::Account account_;
};

class LiquidationFilter final : public desk::AccountFilter {
public:
    LiquidationFilter(const policy::Document& document, const Options& options)
        : AccountFilter{document, options.desk}, options_{options} {}

    [[nodiscard]] std::unique_ptr<stream::Worker> worker() const override {
        desk::Liquidator liquidator{desk::AccountMargin::make(document(), market()).value(),
                                    {.distance = !options_.no_distance, .advice = !options_.no_advice}};
        return std::make_unique<LiquidationWorker>(std::move(liquidator), document().id(), options_);
    }

private:
    const Options& options_;
};

/// Figures stand in the record, and what would say how far the account is from its edge does not.
bool distance_unknown(const json::Line& line) {
    const auto has = [&](std::string_view path) { return stream::find_path(line, path) != 0; };
    return has("liquidation.buffer") && has("liquidation.reason") && !has("liquidation.roots");
}

/// The root nearest to the price now, below it or above; all underlyings but not the market line. Where it
/// ends the account's being below its edge, it says that it saves.
std::string nearest_root(const json::Line& line, record::Side side) {
    if (distance_unknown(line)) return "?";
    const std::uint32_t roots = stream::find_path(line, "liquidation.roots");
    double best = 0.0;
    std::string text;
    for (std::uint32_t at = roots + 1; roots != 0 && at < line.at(roots).next; at = line.at(at).next) {
        std::string scratch;
        const std::string_view name = line.string(line.at(line.find(at, "underlying")), scratch);
        const double move = line.at(line.find(at, "move_rate")).number;
        if (name == record::whole_market || (move < 0.0) != (side == record::Side::down) ||
            (!text.empty() && std::abs(move) >= best))
            continue;
        best = std::abs(move);
        text = std::string{name} + " " + stream::grouped(line.at(line.find(at, "price")).number, 0);
        std::string edge;
        if (line.string(line.at(line.find(at, "edge")), edge) == Words<record::Edge>::list.back())
            text += " saves";
    }
    return text;
}

/// An amount at the digits of a table, rounded up: what is printed has to be enough.
std::string enough(double amount) {
    const int decimals = stream::decimals_for(amount);
    const double unit = std::pow(10.0, decimals);
    double steps = std::ceil(amount * unit);
    if (steps / unit < amount) ++steps;
    return stream::grouped(steps / unit, decimals);
}

std::string top_ups(const json::Line& line) {
    const std::uint32_t top_up = stream::find_path(line, "liquidation.top_up");
    std::string text;
    for (std::uint32_t key = top_up + 1; top_up != 0 && key < line.at(top_up).next;
         key = line.at(key + 1).next)
        text += (text.empty() ? "add " : " or ") + enough(line.at(key + 1).number) + " " +
                std::string{line.raw(line.at(key))};
    return text;
}

/// Every trade of the cut: a part of them would not be enough.
std::string cuts(const json::Line& line) {
    const std::uint32_t reduce = stream::find_path(line, "liquidation.reduce");
    std::string text;
    for (std::uint32_t at = reduce + 1; reduce != 0 && at < line.at(reduce).next; at = line.at(at).next) {
        const double qty = line.at(line.find(at, "qty")).number;
        text += (text.empty() ? "" : " and ") + std::string{qty < 0.0 ? "sell " : "buy "} +
                enough(std::fabs(qty)) + " " + std::string{line.raw(line.at(line.find(at, "symbol")))};
    }
    return text;
}

std::string advice(const json::Line& line) {
    const std::string add = top_ups(line), cut = cuts(line);
    return add + (add.empty() || cut.empty() ? "" : " or ") + cut;
}

/// "?" where the account has figures but its probability is not known: an empty cell would be read as none.
stream::Column touch_column() {
    stream::Column column = stream::percent_column("touch 24h", "liquidation.touch_prob.24h", 1);
    column.cell = [known = column.cell](const json::Line& line) {
        const bool figures = stream::find_path(line, "liquidation.buffer") != 0;
        const bool roots = stream::find_path(line, "liquidation.roots") != 0;
        const std::string shown = known(line);
        const bool unknown = roots || distance_unknown(line);
        return shown.empty() && figures && unknown ? std::string{"?"} : shown;
    };
    return column;
}

std::vector<stream::Column> columns() {
    return {
        stream::text_column("account", "account_id"),
        stream::text_column("status", "liquidation.status"),
        stream::number_column("health", "liquidation.health", 2),
        stream::number_column("buffer", "liquidation.buffer", 0),
        {"edge below", true, [](const json::Line& line) { return nearest_root(line, record::Side::down); }},
        {"edge above", true, [](const json::Line& line) { return nearest_root(line, record::Side::up); }},
        stream::number_column("sigmas", "liquidation.distance_sigmas", 1),
        touch_column(),
        stream::number_column("score", "score.value", 0),
        {"to restore initial margin", false, advice},
        stream::text_column("reason", "liquidation.reason")};
}

}  // namespace

int main(int argc, char** argv) {
    stream::Settings settings;
    Options options;
    std::vector<cli::Option> own = options.desk.options();
    own.push_back(cli::choice("--fail-on", options.fail_on,
                              {"margin_call", "liquidate", "bankrupt", "indeterminate"},
                              "exit with 1 where an account is in this state or a worse one"));
    own.push_back(
        cli::toggle("--no-distance", options.no_distance, "leave out roots and touch probabilities"));
    own.push_back(
        cli::toggle("--no-advice", options.no_advice, "leave out what would restore the initial margin"));
    cli::Tool tool{.name = "liq-check",
                   .summary = "find how far each account is from liquidation and what would save it",
                   .examples = {{"cat market.jsonl accounts.jsonl | margin-calc | liq-check -f table",
                                 "who is near the edge, at which price, and what to do"},
                                {"liq-check -m market.jsonl --fail-on liquidate accounts.jsonl",
                                 "exit with 1 where an account is to be liquidated"},
                                {"liq-check -m market.jsonl accounts.jsonl | jq .liquidation.roots",
                                 "every price where equity equals the maintenance margin"}},
                   .options = std::move(own),
                   .reads = {"account", "instrument", "ticker", "price", "vol", "correlation", "liquidity"},
                   .digests = {},
                   .adds = "liquidation",
                   .adds_records = "",
                   .columns = columns(),
                   .make = [&]() -> Result<std::unique_ptr<stream::Filter>> {
                       const auto document = options.desk.document();
                       if (!document) return document.error();
                       auto filter = std::make_unique<LiquidationFilter>(*document, options);
                       if (const Status opened = filter->open(); !opened) return opened.error();
                       return std::unique_ptr<stream::Filter>{std::move(filter)};
                   },
                   .print = [&] { return options.desk.page(); }};
    return cli::run(tool, settings, argc, argv);
}
