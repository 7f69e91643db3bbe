// market-shock: the market as it would be, for any tool behind it.
#include "cli/tool.hpp"
#include "convert/shock_record.hpp"
#include "desk/scenario_library.hpp"
#include "stream/io/read_file.hpp"

using namespace tidemark;

namespace {

struct Options {
    std::vector<std::string> shocks;
    std::string file, scenario;
};

class ShockFilter final : public stream::Filter {
public:
    explicit ShockFilter(market::Shocks shocks) : desk_{std::move(shocks)} {}

    [[nodiscard]] Use use(std::string_view type) const override {
        if (type == record::Instrument::type) return Use::learn;
        return convert::ShockRecords::edits(type) ? Use::edit : Use::none;
    }

    Status learn(const json::Line& line, std::string_view) override { return desk_.learn(line); }

    Status edit(const json::Line& line, std::string_view type, std::string& out) override {
        return desk_.edit(line, type, out);
    }

    [[nodiscard]] std::vector<Error> unmet() const override { return desk_.unmet(); }

private:
    convert::ShockRecords desk_;
};

Result<market::Shocks> of_scenario(const Options& options) {
    if (options.file.empty()) return market::Shocks{};
    const auto text = stream::read_file(options.file);
    if (!text) return text.error();
    return desk::scenario_shocks(*text, options.file, options.scenario);
}

Result<market::Shocks> asked_for(const Options& options) {
    if (options.file.empty() && !options.scenario.empty())
        return Error{Errc::usage, "want --file with --scenario, got none", "", 0};
    auto shocks = of_scenario(options);
    for (const std::string& text : options.shocks) {
        if (!shocks) break;
        if (Status added = shocks->add(text); !added) return added.error();
    }
    if (shocks && shocks->all().empty())
        return Error{Errc::usage, "want a shock such as BTC=-20%, BTC=70000 or vol=+25%, or --file", "", 0};
    return shocks;
}

}  // namespace

int main(int argc, char** argv) {
    stream::Settings settings;
    Options options;
    cli::Tool tool{
        .name = "market-shock",
        .summary = "change market records as they pass, to see what if",
        .examples = {{"cat market.jsonl accounts.jsonl | market-shock BTC=-20% vol=+25% | margin-calc",
                      "what the book needs after a crash"},
                     {"market-shock vol:ETH=+10pts spread=+100% market.jsonl",
                      "one coin wild, and quotes pulled"},
                     {"market-shock --file scenarios.jsonl --scenario crash market.jsonl",
                      "a scenario with a name"}},
        .options = {cli::file("--file", options.file, "read scenarios from this file"),
                    cli::text("--scenario", options.scenario, "NAME",
                              "the scenario of the file to apply; the only one where absent")},
        .reads = {"instrument", "ticker", "price", "vol", "liquidity", "book", "correlation"},
        .digests = {},
        .adds = "",
        .adds_records = "",
        .columns = {},
        .assignments = &options.shocks,
        .assignment = "SHOCK",
        .make = [&]() -> Result<std::unique_ptr<stream::Filter>> {
            auto shocks = asked_for(options);
            if (!shocks) return shocks.error();
            return std::unique_ptr<stream::Filter>{std::make_unique<ShockFilter>(*std::move(shocks))};
        },
        .print = {}};
    return cli::run(tool, settings, argc, argv);
}
