// margin-diff: why each account's margin changed between two days.
#include <algorithm>
#include <limits>

#include "cli/intake.hpp"
#include "cli/output.hpp"
#include "cli/sink.hpp"
#include "cli/tool.hpp"
#include "join/desk.hpp"
#include "join/diff_table.hpp"
#include "join/margin_diff.hpp"
#include "json/escape.hpp"
#include "json/writer.hpp"
#include "record/error.hpp"

using namespace tidemark;

namespace {

struct Options {
    join::DeskOptions desk;
    std::string old_policy;
    std::optional<Timestamp> old_as_of;
    std::string fail_on;
    double limit = std::numeric_limits<double>::infinity();  // of an increase, out of fail_on
    bool all = false;

    std::vector<cli::Option> list() {
        std::vector<cli::Option> options = desk.options();
        options.push_back(cli::text("--old-policy", old_policy, "NAME|FILE",
                                    "the policy of the old day; that of the new one where absent"));
        options.push_back(cli::time("--old-as-of", old_as_of,
                                    "market time of the old day; the newest time seen in it where absent"));
        options.push_back(
            cli::text("--fail-on", fail_on, "COND",
                      "exit with 1 where increase>N holds: an account of both days needs over N more"));
        options.push_back(cli::toggle("--all", all, "write accounts too whose figures did not change"));
        return options;
    }
    Status read_limit() {
        constexpr std::string_view before = "increase>";
        if (fail_on.empty()) return Ok{};
        const std::string_view text{fail_on};
        if (text.starts_with(before) && json::parse_number(text.substr(before.size()), limit)) return Ok{};
        return Error{Errc::usage, "want increase>N, got '" + fail_on + "'", "--fail-on", 0};
    }

    /// The policies of the old and the new day.
    [[nodiscard]] Result<std::pair<policy::Document, policy::Document>> policies() const {
        auto after = desk.document();
        if (!after) return after.error();
        if (old_policy.empty()) return std::pair{*after, *after};
        join::DeskOptions old_desk;
        old_desk.policy = old_policy;
        auto before = old_desk.document();
        if (!before) return before.error();
        return std::pair{*std::move(before), *std::move(after)};
    }
};

cli::Format format_of(const cli::Settings& settings) {
    return settings.format == "table" ? cli::Format::table
           : settings.format == "csv" ? cli::Format::csv
                                      : cli::Format::json;
}

/// Two files in, the changes out.
class Comparison {
public:
    Comparison(const cli::Tool& tool, const cli::Settings& settings, const Options& options)
        : settings_{settings},
          options_{options},
          intake_{tool, settings, out_},
          before_{options.old_as_of},
          after_{options.desk.as_of} {}

    /// Fails with policy, before anything is read.
    Status know(const policy::Document& policy) {
        if (Status known = join::know_par_assets(policy, before_.market()); !known) return known;
        return join::know_par_assets(policy, after_.market());
    }

    int run(const policy::Document& old_policy, const policy::Document& policy) {
        Status status = read_day(settings_.files[0], before_);
        if (status && !stopped()) status = read_day(settings_.files[1], after_);
        if (status) status = intake_.close();
        if (status && !stopped() && (intake_.any_input() || settings_.allow_empty))
            status = compare({&before_, &old_policy}, {&after_, &policy});
        if (status) status = write();
        return intake_.outcome().exit_status(status, intake_.any_input(), settings_.allow_empty);
    }

private:
    [[nodiscard]] bool stopped() { return intake_.outcome().stopped(); }

    Status read_day(const std::string& path, join::Day& day) {
        const auto take = [&](const json::Line& line, std::string_view type) {
            return day.learn(line, type);
        };
        return intake_.read(path, {take, [&](std::string_view key) { day.refuse(key); }});
    }

    Status compare(join::DiffSide before, join::DiffSide after) {
        const auto diff = join::MarginDiff::make(before, after);
        if (!diff) return diff.error();
        if (Status ran = (*diff)->run(); !ran) return ran;
        (*diff)->each([this](const join::MarginDiff::Entry& entry) { add(entry); });
        if (format_of(settings_) == cli::Format::table) table_.add_all(out_);
        return Ok{};
    }

    void add(const join::MarginDiff::Entry& entry) {
        const bool still = entry.same || entry.diff.status == record::DiffStatus::unchanged;
        if (still && !options_.all) return;
        any_rows_ = true;
        cli::Counts counts;
        counts.indeterminate = entry.diff.status == record::DiffStatus::indeterminate ? 1 : 0;
        counts.found = entry.diff.change && entry.diff.change->initial_margin > options_.limit ? 1 : 0;
        intake_.outcome().add(counts);
        if (format_of(settings_) != cli::Format::json) return table_.add(out_, entry.account_id, entry.diff);
        std::string value;
        static_cast<void>(line_.parse(entry.line));  // it was, when it was taken in
        json::append_value(value, entry.diff);
        json::splice(out_, line_, "margin_diff", value);
        out_ += '\n';
    }

    Status write() {
        if (settings_.eos)
            json::append_line(out_, record::Eos{std::count(out_.begin(), out_.end(), '\n'),
                                                !stopped() && intake_.outcome().total().rejected == 0});
        // A table without rows has no head either: where nothing changed nothing is written.
        if (!any_rows_ && format_of(settings_) != cli::Format::json) return Ok{};
        cli::Sink sink{format_of(settings_), join::diff_columns(), std::string{join::diff_row_type}};
        if (Status put = sink.put(out_); !put) return put;
        return sink.close();
    }

    const cli::Settings& settings_;
    const Options& options_;
    std::string out_;
    cli::Intake intake_;
    join::Day before_, after_;
    join::DiffTable table_;
    json::Line line_{json::Limits{.line_bytes = std::size_t{1} << 30}};
    bool any_rows_ = false;
};

}  // namespace

int main(int argc, char** argv) {
    cli::Settings settings;
    Options options;
    const auto complain = [](const Error& error) {
        const std::string field = error.field.empty() ? "" : error.field + ": ";
        static_cast<void>(cli::write_all(2, "margin-diff: " + field + json::printable(error.message) + "\n"));
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
                   .columns = join::diff_columns(),
                   .make = {},
                   .instead = {},
                   .print = [&] { return options.desk.page(); },
                   .pair = true};
    tool.instead = [&](const std::vector<std::string>&) {
        if (const Status read = options.read_limit(); !read) return complain(read.error());
        const auto policies = options.policies();
        if (!policies) return complain(policies.error());
        Comparison comparison{tool, settings, options};
        for (const policy::Document* policy : {&policies->first, &policies->second}) {
            if (const Status known = comparison.know(*policy); !known) return complain(known.error());
        }
        return comparison.run(policies->first, policies->second);
    };
    return cli::run(tool, settings, argc, argv);
}
