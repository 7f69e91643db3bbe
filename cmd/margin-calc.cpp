// margin-calc: what is required of each account, part by part.
#include <functional>

#include "cli/tool.hpp"
#include "desk/account_filter.hpp"
#include "desk/comparison.hpp"
#include "desk/reconcile/reconcile.hpp"
#include "desk/scenario_matrix.hpp"
#include "json/writer.hpp"
#include "report/explain.hpp"
#include "report/scenario_rows.hpp"

using namespace tidemark;

namespace {

class MarginWorker final : public stream::Worker {
public:
    MarginWorker(desk::AccountMargin account_margin, bool explain)
        : account_margin_{std::move(account_margin)}, explain_{explain} {}

    Result<stream::Answer> answer(const json::Line& line, std::string& value) override {
        if (const Status read = reader_.read(line, account_); !read) return read.error();
        const record::Margin& margin = account_margin_.assess(account_);
        if (explain_) {
            report::append_explanation(value, account_, margin, account_margin_.judged());
        } else {
            json::append_value(value, margin);
        }
        return stream::Answer{.indeterminate = margin.status == record::MarginStatus::indeterminate};
    }

private:
    desk::AccountMargin account_margin_;
    bool explain_;
    json::Reader reader_;
    record::Account account_;
};

/// What is added to an account: its margin, or in its place what the option says.
struct Options {
    desk::AccountOptions desk;
    std::string compare;
    bool scenarios = false, reconcile = false;

    std::vector<cli::Option> list() {
        auto all = desk.options();
        all.push_back(cli::text("--compare", compare, "POLICY,...",
                                "one entry for each of these policies, names or files, in place of the "
                                "margin"));
        all.push_back(
            cli::toggle("--scenarios", scenarios, "every scenario, leg by leg, in place of the margin"));
        all.push_back(cli::toggle("--reconcile", reconcile,
                                  "the venue's own figures (member reported) beside ours, in place of the "
                                  "margin"));
        return all;
    }

    /// Fails with usage where two options contradict.
    [[nodiscard]] Status consistent(bool explain) const {
        const auto refuse = [](const char* why) { return Status{Error{Errc::usage, why, "", 0}}; };
        if ((explain ? 1 : 0) + (compare.empty() ? 0 : 1) + (scenarios ? 1 : 0) + (reconcile ? 1 : 0) > 1)
            return refuse("want one of --explain, --compare, --scenarios and --reconcile");
        if (!compare.empty() && (!desk.policy.empty() || !desk.set.empty()))
            return refuse(
                "--compare: want neither --policy nor --set beside it; a policy with a number "
                "changed is a file");
        return Ok{};
    }
};

class MarginFilter final : public desk::AccountFilter {
public:
    using Make = std::function<std::unique_ptr<stream::Worker>(const market::Market&)>;

    MarginFilter(const policy::Document& document, const desk::MarketReading& reading, Make make)
        : AccountFilter{document, reading}, make_{std::move(make)} {}

    [[nodiscard]] std::unique_ptr<stream::Worker> worker() const override { return make_(market()); }

private:
    Make make_;
};

std::vector<stream::Column> columns() {
    std::vector<stream::Column> all{stream::text_column("account", "account_id"),
                                    stream::text_column("status", "margin.status"),
                                    stream::number_column("equity", "margin.equity", 0),
                                    stream::number_column("initial", "margin.initial_margin", 0),
                                    stream::number_column("maintenance", "margin.maintenance_margin", 0),
                                    stream::number_column("health", "margin.health", 2)};
    for (const PartText& part : part_texts)
        all.push_back(
            stream::number_column(std::string{part.heading}, "margin.parts." + std::string{part.word}, 0));
    all.push_back(stream::text_column("reason", "margin.reason"));
    return all;
}

using Made = Result<std::unique_ptr<stream::Filter>>;

Made margin_filter(const Options& options, bool explain) {
    const auto document = options.desk.document();
    if (!document) return document.error();
    auto desk = std::make_unique<MarginFilter>(
        *document, options.desk, [document = *document, explain](const market::Market& market) {
            return std::make_unique<MarginWorker>(desk::AccountMargin::make(document, market).value(),
                                                  explain);
        });
    if (const Status opened = desk->open(); !opened) return opened.error();
    return Made{std::move(desk)};
}

Made scenario_filter(const Options& options, bool flat) {
    const auto document = options.desk.document();
    if (!document) return document.error();
    const auto known = desk::scenario_worker(*document, market::Market{}, flat);
    if (!known) return known.error();
    auto desk = std::make_unique<MarginFilter>(*document, options.desk,
                                               [document = *document, flat](const market::Market& market) {
                                                   return *desk::scenario_worker(document, market, flat);
                                               });
    if (const Status opened = desk->open(); !opened) return opened.error();
    return Made{std::move(desk)};
}

Made comparison_filter(const Options& options) {
    const auto policies = desk::policies_of(options.compare);
    if (!policies) return policies.error();
    auto desk = std::make_unique<MarginFilter>(policies->front(), options.desk,
                                               [policies = *policies](const market::Market& market) {
                                                   return *desk::comparison_worker(policies, market);
                                               });
    for (const policy::Document& policy : *policies) {
        if (const Status opened = desk->open_also(policy); !opened) return opened.error();
    }
    return Made{std::move(desk)};
}

Made reconcile_filter(const Options& options) {
    const auto document = options.desk.document();
    if (!document) return document.error();
    auto desk = std::make_unique<desk::ReconcileFilter>(*document, options.desk);
    if (const Status opened = desk->open_all(); !opened) return opened.error();
    return Made{std::move(desk)};
}

/// The filter for what the options ask, and what the tool then adds and shows.
Made make_filter(const Options& options, const stream::Settings& settings, cli::Tool& tool) {
    if (const Status fits = options.consistent(settings.explain); !fits) return fits.error();
    if (!options.compare.empty()) {
        tool.adds = "comparison";
        tool.columns = desk::comparison_columns();
        return comparison_filter(options);
    }
    if (options.scenarios) {
        tool.adds = "scenarios";
        tool.columns = report::scenario_columns();
        return scenario_filter(options, settings.format != "json");
    }
    if (options.reconcile) {
        tool.adds = "reconciliation";
        tool.columns = desk::reconcile_columns();
        return reconcile_filter(options);
    }
    return margin_filter(options, settings.explain);
}

}  // namespace

int main(int argc, char** argv) {
    stream::Settings settings;
    Options options;
    cli::Tool tool{
        .name = "margin-calc",
        .summary = "compute the margin that each account needs, part by part",
        .examples = {{"cat market.jsonl accounts.jsonl | margin-calc",
                      "add a margin member to every account line"},
                     {"margin-calc -m market.jsonl -f table accounts.jsonl", "the same as a table"},
                     {"margin-calc -m market.jsonl --explain accounts.jsonl",
                      "why each account needs what it needs"},
                     {"margin-calc -m market.jsonl --compare dynamic,static -f table accounts.jsonl",
                      "the same book under two rulebooks"},
                     {"margin-calc --print-policy dynamic > mine.json", "start a policy of your own"}},
        .options = options.list(),
        .reads = {"account", "instrument", "ticker", "price", "vol", "correlation", "liquidity"},
        .digests = {},
        .adds = "margin",
        .adds_records = "",
        .columns = columns(),
        .explains = true,
        .make = [&] { return make_filter(options, settings, tool); },
        .print = [&] { return options.desk.page(); }};
    return cli::run(tool, settings, argc, argv);
}
