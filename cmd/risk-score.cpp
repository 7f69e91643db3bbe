// risk-score: how likely each account is to reach its margin boundary, against a fixed reference
// or the rest of the book.
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
    std::string reference{"policy"};
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
        all.push_back(
            cli::choice("--reference", reference, {"policy", "book"},
                        "what has multiplier 1: the policy's probability, so that no account depends "
                        "on the others, or the book's median, which waits for the book's end"));
        all.push_back(cli::number("--reference-prob", reference_prob, 1e-9, 1.0,
                                  "probability that has multiplier 1, in place of the policy's"));
        all.back().low = 0.0;
        return all;
    }

    [[nodiscard]] bool by_book() const { return reference == "book"; }

    /// Reads the score policy, with what the options change. Fails with policy.
    Status settle() {
        auto document = desk::policy_named(score_policy, score_set, score::policies());
        if (!document) return document.error();
        const auto read = score::ScoreParams::of(*document);
        if (!read) return read.error();
        params = *read;
        if (reference_prob > 0.0 && by_book())
            return Error{Errc::policy, "want it without --reference book", "--reference-prob", 0};
        std::vector<std::string> changes;
        if (reference_prob > 0.0) {
            params.reference_probability = reference_prob;
            changes.push_back(fmt::format("reference_probability={}", reference_prob));
        }
        if (horizon_ms) {
            params.horizon_days = days_of(*horizon_ms);
            changes.push_back(fmt::format("horizon_days={}", params.horizon_days));
        }
        for (const std::string& change : changes) {
            document = document->with(change);
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
          by_book_{options.by_book()} {}

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
        const double charged = params_.charged(found->breach_prob);
        if (!by_book_) {
            out.reference = params_.reference_probability;
            out.multiplier = params_.rule().multiplier(charged, *out.reference);
            out.accounts = 0;
        }
        for (const score::Reason& reason : found->reasons)
            out.reasons.push_back({reason.code, reason.points});
        json::append_value(value, out);
        if (!by_book_) return stream::Answer{};
        const score::BookMedian::Contribution own{charged};
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
    bool by_book_;
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

    /// Where the median of the book is what every account is measured by, answers wait for the whole of it.
    [[nodiscard]] std::unique_ptr<stream::BookPass> book() const override {
        if (!options_.by_book()) return nullptr;
        return std::make_unique<stream::BookPassOf<score::BookMedian>>(
            [rule = options_.params.rule()](std::string& value, const score::BookMedian::Contribution& own,
                                            const score::BookMedian::Closed& book) {
                return complete(value, rule.multiplier(own.probability, book.reference), book);
            });
    }

private:
    static Status complete(std::string& value, double multiplier, const score::BookMedian::Closed& book) {
        for (const auto& [name, number] : {std::pair{"multiplier", multiplier},
                                           {"reference", book.reference},
                                           {"accounts", static_cast<double>(book.accounts)}}) {
            if (Status added = add(value, name, number); !added) return added;
        }
        return Ok{};
    }

    static Status add(std::string& value, std::string_view name, double number) {
        std::string text;
        json::append_number(text, number);
        const std::size_t size = value.size();
        value.append(json::padding, '\0');
        json::Line line;
        if (Status parsed = line.parse({value.data(), size}); !parsed) return parsed;
        std::string completed;
        json::splice(completed, line, name, text);
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
            stream::percent_column("reference", "score.reference", 4),
            stream::number_column("of accounts", "score.accounts", 0),
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
                      "let margin follow each account's own risk"},
                     {"risk-score -m market.jsonl -f table accounts.jsonl", "the book's scores as a table"},
                     {"risk-score -m market.jsonl --reference book accounts.jsonl",
                      "against the book's median, which pays as before"}},
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
