// margin-diff: why each account's margin changed between two days.
#include "cli/tool.hpp"
#include "desk/account_filter.hpp"
#include "desk/diff/diff_run.hpp"
#include "desk/diff/diff_table.hpp"
#include "json/escape.hpp"
#include "json/number.hpp"
#include "stream/io/output.hpp"

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
    /// What the words of the options mean.
    Status understand() {
        constexpr std::string_view before = "increase>";
        comparison.as_of = desk.as_of;
        if (fail_on.empty()) return Ok{};
        const std::string_view text{fail_on};
        if (text.starts_with(before) && json::parse_number(text.substr(before.size()), comparison.limit))
            return Ok{};
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

}  // namespace

int main(int argc, char** argv) {
    cli::Settings settings;
    Options options;
    const auto complain = [](const Error& error) {
        const std::string field = error.field.empty() ? "" : error.field + ": ";
        static_cast<void>(
            stream::write_all(2, "margin-diff: " + field + json::printable(error.message) + "\n"));
        return int{cli::exit_usage};
    };
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
                   .make = {},
                   .instead = {},
                   .print = [&] { return options.desk.page(); },
                   .pair = true};
    tool.instead = [&](const std::vector<std::string>&) {
        if (const Status read = options.understand(); !read) return complain(read.error());
        const auto policies = options.policies();
        if (!policies) return complain(policies.error());
        desk::DiffRun comparison{tool, settings, options.comparison};
        for (const policy::Document* policy : {&policies->first, &policies->second}) {
            if (const Status known = comparison.know(*policy); !known) return complain(known.error());
        }
        return comparison.run(policies->first, policies->second);
    };
    return cli::run(tool, settings, argc, argv);
}
