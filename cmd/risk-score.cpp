// risk-score: how likely each account is to reach its margin boundary, against the rest of the book.
#include <fmt/format.h>

#include "cli/tool.hpp"
#include "desk/account_filter.hpp"
#include "json/writer.hpp"
#include "record/score.hpp"
#include "score/account_score.hpp"
#include "score/book_median.hpp"
#include "stream/law/book_pass.hpp"

using namespace tidemark;

namespace {

struct Options {
    desk::AccountOptions desk;
    std::string score_policy{score::score_policy_preset};
    std::vector<std::string> score_set;
    std::optional<std::int64_t> horizon_ms;
    double reference_prob = 0.0;
    score::ScoreParams params;
    std::string policy_id;  // of the score policy with what the options change

    Options() { desk.families.push_back(&score::policies()); }

    std::vector<cli::Option> list() {
        std::vector<cli::Option> all = desk.options();
        all.push_back(cli::text("--score-policy", score_policy, "NAME|FILE",
                                "the score policy: a built-in name, or a file (a name with / or .json)"));
        all.push_back(cli::texts("--score-set", score_set, "NAME=VALUE",
                                 "change one number of the score policy; may be repeated"));
        all.push_back(cli::duration("--horizon", horizon_ms,
                                    "over which the boundary may be touched (the policy's where absent)"));
        all.push_back(cli::number("--reference-prob", reference_prob, 1e-9, 1.0,
                                  "probability that has multiplier 1, in place of the book's median; answers "
                                  "then do not wait for the book's end"));
        all.back().low = 0.0;
        return all;
    }

    /// Reads the score policy, with what the options change. Fails with policy.
    Status settle() {
        auto document = desk::policy_named(score_policy, score_set, score::policies());
        if (!document) return document.error();
        const auto read = score::ScoreParams::of(*document);
        if (!read) return read.error();
        params = *read;
        if (horizon_ms) {
            params.horizon_days = days_of(*horizon_ms);
            document = document->with(fmt::format("horizon_days={}", params.horizon_days));
            if (!document) return document.error();
        }
        policy_id = document->id();
        return Ok{};
    }
};

class ScoreWorker final : public stream::Worker {
public:
    ScoreWorker(desk::AccountMargin account_margin, const Options& options)
        : account_margin_{std::move(account_margin)},
          params_{options.params},
          policy_id_{options.policy_id},
          reference_{options.reference_prob} {}

    Result<stream::Answer> answer(const json::Line& line, std::string& value) override {
        if (const Status read = reader_.read(line, account_); !read) return read.error();
        account_.score.reset();  // a score does not build on an older one
        const record::Margin& margin = account_margin_.assess(account_);
        if (margin.status == record::MarginStatus::indeterminate)
            return indeterminate(std::string{*margin.reason}, value);
        const auto found = score_worst_set();
        if (!found) return indeterminate(found.error().message, value);
        record::Score out;
        out.policy = policy_id_;
        out.value = found->points;
        out.breach_prob = found->breach_prob;
        if (reference_ > 0.0)
            out.multiplier = params_.rule().multiplier(params_.charged(found->breach_prob), reference_);
        for (const score::Reason& reason : found->reasons)
            out.reasons.push_back({reason.code, reason.points});
        json::append_value(value, out);
        if (reference_ > 0.0) return stream::Answer{};
        const score::BookMedian::Contribution own{params_.charged(found->breach_prob)};
        return stream::Answer{.contribution = stream::contribution_bytes(own)};
    }

private:
    /// Netting sets stand or fall alone: the account scores as the likeliest of them to be liquidated.
    Result<score::AccountScore> score_worst_set() {
        std::optional<score::AccountScore> worst;
        for (const margin::NettingSet& set : account_margin_.judged().sets()) {
            const auto found = score::account_score(account_margin_.market(), account_margin_.model().view(),
                                                    set.portfolio, set.requirement, params_);
            if (!found) return found.error();
            if (!worst || found->breach_prob > worst->breach_prob) worst = *found;
        }
        if (worst) return *worst;
        return score::account_score(account_margin_.market(), account_margin_.model().view(), {},
                                    account_margin_.judged().total(), params_);
    }

    [[nodiscard]] stream::Answer indeterminate(const std::string& reason, std::string& value) const {
        record::Score out;
        out.policy = policy_id_;
        out.status = record::MarginStatus::indeterminate;
        out.reason = reason;
        json::append_value(value, out);
        return {.indeterminate = true};
    }

    desk::AccountMargin account_margin_;
    score::ScoreParams params_;
    std::string policy_id_;
    double reference_;
    json::Reader reader_;
    record::Account account_;
};

class ScoreFilter final : public desk::AccountFilter {
public:
    ScoreFilter(const policy::Document& document, const Options& options)
        : AccountFilter{document, options.desk}, options_{options} {}

    [[nodiscard]] std::unique_ptr<stream::Worker> worker() const override {
        return std::make_unique<ScoreWorker>(desk::AccountMargin::make(document(), market()).value(),
                                             options_);
    }

    /// The median of the book is what every account is measured by, so answers wait for the whole of it.
    [[nodiscard]] std::unique_ptr<stream::BookPass> book() const override {
        if (options_.reference_prob > 0.0) return nullptr;
        return std::make_unique<stream::BookPassOf<score::BookMedian>>(
            [rule = options_.params.rule()](std::string& value, const score::BookMedian::Contribution& own,
                                            double reference) {
                return add_multiplier(value, rule.multiplier(own.probability, reference));
            });
    }

private:
    static Status add_multiplier(std::string& value, double multiplier) {
        std::string number;
        json::append_number(number, multiplier);
        const std::size_t size = value.size();
        value.append(json::padding, '\0');
        json::Line line;
        if (Status parsed = line.parse({value.data(), size}); !parsed) return parsed;
        std::string completed;
        json::splice(completed, line, "multiplier", number);
        value = std::move(completed);
        return Ok{};
    }

    const Options& options_;
};

std::vector<stream::Column> columns() {
    return {stream::text_column("account", "account_id"),
            stream::text_column("status", "score.status"),
            stream::number_column("score", "score.value", 0),
            stream::percent_column("breach prob", "score.breach_prob", 4),
            stream::number_column("multiplier", "score.multiplier", 3),
            stream::text_column("reason", "score.reason")};
}

}  // namespace

int main(int argc, char** argv) {
    stream::Settings settings;
    Options options;
    cli::Tool tool{
        .name = "risk-score",
        .summary = "score how likely each account is to reach its margin boundary",
        .examples = {{"cat market.jsonl accounts.jsonl | risk-score | margin-calc",
                      "let margin follow each account's own risk; the median account pays as before"},
                     {"risk-score -m market.jsonl -f table accounts.jsonl", "the book's scores as a table"},
                     {"risk-score -m market.jsonl --reference-prob 0.01 accounts.jsonl",
                      "against a fixed probability, account by account, for a stream without end"}},
        .options = options.list(),
        .reads = {"account", "instrument", "ticker", "price", "vol", "correlation", "liquidity"},
        .digests = {},
        .adds = "score",
        .adds_records = "",
        .columns = columns(),
        .make = [&]() -> Result<std::unique_ptr<stream::Filter>> {
            if (const Status settled = options.settle(); !settled) return settled.error();
            const auto document = options.desk.document();
            if (!document) return document.error();
            auto filter = std::make_unique<ScoreFilter>(*document, options);
            if (const Status opened = filter->open(); !opened) return opened.error();
            return std::unique_ptr<stream::Filter>{std::move(filter)};
        },
        .print = [&] { return options.desk.page(); },
        .waits = true};
    return cli::run(tool, settings, argc, argv);
}
