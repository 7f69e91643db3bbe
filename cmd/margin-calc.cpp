// margin-calc: what is required of each account, part by part.
#include "cli/tool.hpp"
#include "join/desk.hpp"
#include "join/explain.hpp"
#include "json/writer.hpp"

using namespace tidemark;

namespace {

class MarginWorker final : public cli::Worker {
public:
    MarginWorker(join::Assessor assessor, bool explain) : assessor_{std::move(assessor)}, explain_{explain} {}

    Result<cli::Answer> answer(const json::Line& line, std::string& value) override {
        if (const Status read = reader_.read(line, account_); !read) return read.error();
        const record::Margin& margin = assessor_.assess(account_);
        if (explain_) {
            join::append_explanation(value, account_, margin, assessor_);
        } else {
            json::append_value(value, margin);
        }
        return cli::Answer{.indeterminate = margin.status == record::MarginStatus::indeterminate};
    }

private:
    join::Assessor assessor_;
    bool explain_;
    json::Reader reader_;
    record::Account account_;
};

class MarginDesk final : public join::Desk {
public:
    MarginDesk(const policy::Document& document, std::optional<Timestamp> as_of, bool explain)
        : Desk{document, as_of}, explain_{explain} {}

    [[nodiscard]] std::unique_ptr<cli::Worker> worker() const override {
        return std::make_unique<MarginWorker>(join::Assessor::make(document(), market()).value(), explain_);
    }

private:
    bool explain_;
};

std::vector<cli::Column> columns() {
    return {cli::text_column("account", "account_id"),
            cli::text_column("status", "margin.status"),
            cli::number_column("equity", "margin.equity", 0),
            cli::number_column("initial", "margin.initial_margin", 0),
            cli::number_column("maintenance", "margin.maintenance_margin", 0),
            cli::number_column("health", "margin.health", 2),
            cli::number_column("base", "margin.parts.base", 0),
            cli::number_column("vol", "margin.parts.volatility", 0),
            cli::number_column("skew", "margin.parts.skew", 0),
            cli::number_column("gamma", "margin.parts.gamma", 0),
            cli::number_column("offset", "margin.parts.correlation", 0),
            cli::number_column("liquidity", "margin.parts.liquidity", 0),
            cli::number_column("concentr", "margin.parts.concentration", 0),
            cli::number_column("score", "margin.parts.account", 0),
            cli::number_column("orders", "margin.parts.orders", 0),
            cli::text_column("reason", "margin.reason")};
}

}  // namespace

int main(int argc, char** argv) {
    cli::Settings settings;
    join::DeskOptions desk;
    cli::Tool tool{
        .name = "margin-calc",
        .summary = "compute the margin that each account needs, part by part",
        .examples = {{"cat market.jsonl accounts.jsonl | margin-calc",
                      "add a margin member to every account line"},
                     {"margin-calc -m market.jsonl -f table accounts.jsonl", "the same as a table"},
                     {"margin-calc -m market.jsonl --explain accounts.jsonl",
                      "why each account needs what it needs"},
                     {"margin-calc --print-policy dynamic > mine.json", "start a policy of your own"}},
        .options = desk.options(),
        .reads = {"account", "instrument", "ticker", "price", "vol", "correlation", "liquidity"},
        .digests = {},
        .adds = "margin",
        .adds_records = "",
        .columns = columns(),
        .explains = true,
        .make = [&]() -> Result<std::unique_ptr<cli::Filter>> {
            const auto document = desk.document();
            if (!document) return document.error();
            auto filter = std::make_unique<MarginDesk>(*document, desk.as_of, settings.explain);
            if (const Status opened = filter->open(); !opened) return opened.error();
            return std::unique_ptr<cli::Filter>{std::move(filter)};
        },
        .instead = {},
        .print = [&] { return desk.page(); }};
    return cli::run(tool, settings, argc, argv);
}
