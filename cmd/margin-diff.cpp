// margin-diff: why each account's margin changed between two days.
#include "cli/tool.hpp"
#include "desk/account_filter.hpp"
#include "desk/diff/diff_filter.hpp"
#include "json/number.hpp"

using namespace tidemark;

namespace {

struct Options {
    desk::AccountOptions desk;
    desk::DiffOptions comparison;
    std::string old_policy, fail_on;

    std::vector<cli::Option> list() {
        std::vector<cli::Option> options = desk.options();
        options.push_back(cli::text("--old-policy", old_policy, "NAME|FILE",
                                    "the policy of the old day; that of the new one where absent"));
        options.push_back(cli::time("--old-as-of", comparison.old_as_of,
                                    "market time of the old day; the newest time seen in it where absent"));
        options.push_back(
            cli::text("--fail-on", fail_on, "COND",
                      "exit with 1 where increase>N holds: an account of both days needs over N more"));
        options.push_back(
            cli::toggle("--all", comparison.all, "write accounts too whose figures did not change"));
        return options;
    }
    /// What the words of the options mean. Fails with usage.
    [[nodiscard]] Result<desk::DiffOptions> understood() const {
        constexpr std::string_view before = "increase>";
        desk::DiffOptions options = comparison;
        options.as_of = desk.as_of;
        options.accept_suspect = desk.accept_suspect;
        if (fail_on.empty()) return options;
        const std::string_view text{fail_on};
        if (text.starts_with(before) && json::parse_number(text.substr(before.size()), options.limit))
            return options;
        return Error{Errc::usage, "want increase>N, got '" + fail_on + "'", "--fail-on", 0};
    }

    /// The policies of the old and the new day.
    [[nodiscard]] Result<std::pair<policy::Document, policy::Document>> policies() const {
        auto after = desk.document();
        if (!after) return after.error();
        if (old_policy.empty()) return std::pair{*after, *after};
        desk::AccountOptions old_desk;
        old_desk.policy = old_policy;
        auto before = old_desk.document();
        if (!before) return before.error();
        return std::pair{*std::move(before), *std::move(after)};
    }
};

desk::DiffForm form_of(std::string_view format) {
    if (format == "table") return desk::DiffForm::rows_and_totals;
    return format == "csv" ? desk::DiffForm::rows : desk::DiffForm::lines;
}

Result<std::unique_ptr<stream::Filter>> make_filter(const Options& options, desk::DiffForm form) {
    const auto understood = options.understood();
    if (!understood) return understood.error();
    auto policies = options.policies();
    if (!policies) return policies.error();
    auto filter = std::make_unique<desk::DiffFilter>(std::move(policies->first), std::move(policies->second),
                                                     *understood, form);
    if (const Status opened = filter->open(); !opened) return opened.error();
    return std::unique_ptr<stream::Filter>{std::move(filter)};
}

}  // namespace

int main(int argc, char** argv) {
    stream::Settings settings;
    Options options;
    cli::Tool tool{.name = "margin-diff",
                   .summary = "say why the margin of each account changed between two days, cause by cause",
                   .examples = {{"cat market.jsonl accounts.jsonl | margin-diff yesterday.jsonl -f table",
                                 "why each account needs more or less than yesterday"},
                                {"cat market.jsonl accounts.jsonl | margin-diff yesterday.jsonl",
                                 "the same as members of the account lines"},
                                {"margin-diff --old-policy static yesterday.jsonl yesterday.jsonl",
                                 "what another policy would have asked on the same day"}},
                   .options = options.list(),
                   .reads = {"account", "instrument", "ticker", "price", "vol", "liquidity", "correlation"},
                   .digests = {},
                   .adds = "",
                   .adds_records = "account, with the member margin_diff",
                   .columns = desk::diff_columns(),
                   .make =
                       [&] {
                           const auto form = form_of(settings.format);
                           // What a row of a table is made of is no record of the stream.
                           if (form != desk::DiffForm::lines) tool.adds_records = desk::diff_row_type;
                           return make_filter(options, form);
                       },
                   .print = [&] { return options.desk.page(); },
                   .pair = true};
    return cli::run(tool, settings, argc, argv);
}
