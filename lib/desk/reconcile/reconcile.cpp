#include "desk/reconcile/reconcile.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

#include "desk/reconcile/account_causes.hpp"
#include "desk/reconcile/figure_causes.hpp"
#include "json/writer.hpp"
#include "record/price.hpp"
#include "record/reconciliation.hpp"
#include "record/ticker.hpp"

namespace tidemark::desk {
namespace {

class ReconcileWorker final : public stream::Worker {
public:
    ReconcileWorker(AccountMargin account_margin, std::vector<Trial> trials)
        : account_margin_{std::move(account_margin)}, trials_{std::move(trials)} {}

    Result<stream::Answer> answer(const json::Line& line, std::string& value) override {
        if (const Status read = reader_.read(line, account_); !read) return read.error();
        rows_.clear();
        const std::vector<Asked> asked =
            account_.reported ? asked_of(*account_.reported) : std::vector<Asked>{};
        // Nothing to compare with is no agreement.
        if (asked.empty())
            return Error{Errc::missing_field, "want the venue's own figures beside --reconcile, got none",
                         "reported", 0};
        const bool known = reconcile(asked);
        json::append_value(value, rows_);
        return stream::Answer{.indeterminate = !known};
    }

private:
    /// False where a figure of ours is missing.
    bool reconcile(const std::vector<Asked>& asked) {
        const record::Margin& margin = account_margin_.assess(account_);
        const bool known = margin.status == record::MarginStatus::ok;
        const Figures ours = figures_of(account_margin_, margin, asked);
        Search search{asked, ours};
        begin(margin, asked, ours);
        if (known) look_for_causes(search);
        bool all = true;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            if (ours[i]) explain(rows_[i], search.cause(i));
            all = all && ours[i].has_value();
        }
        return all;
    }

    void begin(const record::Margin& margin, const std::vector<Asked>& asked, const Figures& ours) {
        details_.clear();
        if (margin.reason) details_.emplace_back(*margin.reason);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            record::Reconciled& row = rows_.emplace_back();
            row.figure = asked[i].figure;
            if (!asked[i].symbol.empty()) row.symbol = asked[i].symbol;
            row.policy = margin.policy;
            row.theirs = asked[i].theirs;
            row.ours = ours[i];
            if (ours[i]) continue;
            row.status = record::MarginStatus::indeterminate;
            row.reason = margin.reason ? std::string_view{details_.front()} : "there is no such figure here";
        }
    }

    void look_for_causes(Search& search) {
        try_figures(search, account_margin_);
        if (!search.wants(Discrepancy::ratio)) return;
        try_premium(search, account_margin_);
        try_ratios(search, account_margin_, account_);
        try_trials(search, trials_, account_);
        try_entry(search, account_margin_, account_);
        try_profit(search, account_margin_, account_);
        try_offsets(search, account_margin_, account_);
        try_missing_legs(search, account_margin_, account_);
        try_multipliers(search, account_margin_, account_);
    }

    void explain(record::Reconciled& row, const std::optional<Explanation>& cause) {
        row.difference = *row.ours - row.theirs;
        if (row.theirs != 0.0) row.relative = *row.difference / std::fabs(row.theirs);
        const bool equal = *row.difference == 0.0;
        row.cause = equal ? Discrepancy::agrees : cause ? cause->cause : Discrepancy::unexplained;
        if (!cause || cause->detail.empty()) return;
        row.detail = details_.emplace_back(cause->detail);
    }

    AccountMargin account_margin_;
    std::vector<Trial> trials_;
    json::Reader reader_;
    record::Account account_;
    std::vector<record::Reconciled> rows_;
    std::deque<std::string> details_;  // what rows_ has views of
};

/// To the digits that the larger of the two figures is shown with.
std::string difference_cell(const json::Line& line) {
    const auto number = [&](std::string_view path) {
        const std::uint32_t at = stream::find_path(line, path);
        return at != 0 && line.at(at).kind == json::Kind::number ? std::optional{line.at(at).number}
                                                                 : std::nullopt;
    };
    const auto difference = number("reconciliation.difference");
    if (!difference) return {};
    const double ours = number("reconciliation.ours").value_or(0.0);
    const double theirs = number("reconciliation.theirs").value_or(0.0);
    return stream::grouped(*difference, stream::decimals_for(std::max(std::fabs(ours), std::fabs(theirs))));
}

}  // namespace

ReconcileFilter::ReconcileFilter(const policy::Document& document, const MarketReading& reading)
    : AccountFilter{document, reading} {
    for (market::Market* market : {&at_index_, &previous_}) {
        reading.begin(*market);
    }
}

Status ReconcileFilter::open_all() {
    for (market::Market* market : {&at_index_, &previous_}) {
        if (Status known = know_par_assets(document(), *market); !known) return known;
        market->prepare();
    }
    return open();
}

Status ReconcileFilter::learn(const json::Line& line, std::string_view type) {
    if (type == record::Ticker::type) return learn_ticker(line);
    if (type == record::Price::type) return learn_price(line);
    if (Status learnt = AccountFilter::learn(line, type); !learnt) return learnt;
    for (market::Market* other : {&at_index_, &previous_}) {
        if (Status learnt = feed_.learn(line, type, *other); !learnt) return learnt;
    }
    return Ok{};
}

Status ReconcileFilter::learn_ticker(const json::Line& line) {
    record::Ticker ticker;
    if (Status read = reader_.read(line, ticker); !read) return read;
    const auto known = market().find_instrument(ticker.symbol);
    const std::optional<market::Quote> before =
        known ? market().instrument(*known).quote : std::optional<market::Quote>{};
    if (Status learnt = AccountFilter::learn(line, record::Ticker::type); !learnt) return learnt;
    const market::Instrument& instrument = market().instrument(*market().find_instrument(ticker.symbol));
    if (instrument.quote == before) return Ok{};
    market::Quote indexed = *instrument.quote;
    if (instrument.terms.kind != market::ContractKind::option && indexed.index_price)
        indexed.mark_price = indexed.index_price;
    if (Status put = at_index_.put_quote(ticker.symbol, indexed); !put) return put;
    return previous_.put_quote(ticker.symbol, before.value_or(*instrument.quote));
}

Status ReconcileFilter::learn_price(const json::Line& line) {
    record::Price price;
    if (Status read = reader_.read(line, price); !read) return read;
    const auto known = market().find_asset(price.asset);
    const auto before = known ? market().asset(*known).price : std::optional<market::AssetPrice>{};
    if (Status learnt = AccountFilter::learn(line, record::Price::type); !learnt) return learnt;
    if (Status learnt = feed_.learn(line, record::Price::type, at_index_); !learnt) return learnt;
    // A price that a ticker's index gave is no price record: that ticker's own last tick stands for it.
    if (before && before->source.empty()) return previous_.put_price(price.asset, *before);
    return feed_.learn(line, record::Price::type, previous_);
}

Status ReconcileFilter::settle(std::string& out) {
    at_index_.prepare();
    previous_.prepare();
    return AccountFilter::settle(out);
}

std::unique_ptr<stream::Worker> ReconcileFilter::worker() const {
    return std::make_unique<ReconcileWorker>(AccountMargin::make(document(), market()).value(),
                                             trials_of(document(), market(), at_index_, previous_));
}

std::vector<stream::Column> reconcile_columns() {
    return {stream::text_column("account", "account_id"),
            stream::text_column("figure", "reconciliation.figure"),
            stream::text_column("symbol", "reconciliation.symbol"),
            stream::figure_column("ours", "reconciliation.ours"),
            stream::figure_column("theirs", "reconciliation.theirs"),
            {"difference", true, difference_cell},
            stream::percent_column("relative", "reconciliation.relative", 4),
            stream::text_column("cause", "reconciliation.cause"),
            stream::text_column("detail", "reconciliation.detail"),
            stream::text_column("reason", "reconciliation.reason")};
}

}  // namespace tidemark::desk
