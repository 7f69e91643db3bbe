// The steps of a comparison: what is closed first, the market, the account, the policy.
#include <algorithm>

#include "desk/diff/account_path.hpp"
#include "desk/diff/margin_diff.hpp"

namespace tidemark::desk {
namespace {

using record::MarginStatus;

/// The mean volatility of the options held that move together.
void name_vols(attribution::DiffStep& step, const record::Account& held,
               const attribution::MarketPath& market_path) {
    double from = 0.0, to = 0.0, count = 0.0;
    for (const record::Position& position : held.positions) {
        const auto vol = market_path.option_vol(position.symbol);
        if (!vol || vol->group != step.item) continue;
        from += vol->before;
        to += vol->after;
        count += 1.0;
    }
    if (count == 0.0) return;
    step.from = from / count;
    step.to = to / count;
}

bool expired(const market::Market& market, const std::string& symbol, Timestamp then) {
    const auto known = market.find_instrument(symbol);
    const auto expiry = known ? market.instrument(*known).terms.expiry : std::nullopt;
    return expiry && *expiry <= then;
}

attribution::DiffStep policy_step(const policy::Document::Difference& difference) {
    constexpr std::string_view haircuts = "haircuts.";
    const bool haircut = difference.name.starts_with(haircuts);
    return {haircut ? Cause::haircut : Cause::policy,
            haircut ? difference.name.substr(haircuts.size()) : difference.name, difference.from,
            difference.to, ""};
}

}  // namespace

/// What the new market cannot value, such as an option that has expired, is valued last on the old one.
void MarginDiff::close_first(Pair& pair) {
    const Timestamp then = after_.day->market().as_of(pair.after->account.ts);
    const auto valued = [&](const record::Account& alone) -> std::optional<std::string> {
        const record::Margin& margin = arrived_->assess(alone);
        if (margin.status == MarginStatus::ok) return std::nullopt;
        return std::string{*margin.reason};
    };
    const auto visit = [&](attribution::DiffStep step, const record::Account& now) {
        if (step.cause == Cause::position && expired(before_.day->market(), step.item, then)) {
            step.cause = Cause::expired;
            step.note.clear();
        }
        reach(pair, step, first_->assess(now));
    };
    close_unvalued(pair.now, pair.after->account, valued, visit);
}

attribution::Figures MarginDiff::figures_of(const record::Margin& margin) {
    return {*margin.initial_margin, *margin.maintenance_margin, *margin.equity};
}

void MarginDiff::reach(Pair& pair, const attribution::DiffStep& step, const record::Margin& margin) {
    if (margin.status == MarginStatus::ok) return pair.trail.reach(step, figures_of(margin));
    pair.trail.pass_over(step, *margin.reason);
}

void MarginDiff::reach(const attribution::DiffStep& step, AccountMargin& account_margin) {
    for (Pair& pair : pairs_) {
        if (pair.on_way) reach(pair, step, account_margin.assess(pair.now));
    }
}

/// The assets that the old account holds, or that its positions are of, quoted in or settled in.
void MarginDiff::find_assets(Pair& pair) const {
    for (const record::Collateral& balance : pair.now.collateral) pair.assets.emplace(balance.asset);
    for (const record::Position& position : pair.now.positions) {
        for (const DiffSide& side : {before_, after_}) {
            const market::Market& market = side.day->market();
            const auto known = market.find_instrument(position.symbol);
            if (!known) continue;
            const market::Terms& terms = market.instrument(*known).terms;
            pair.assets.insert({terms.underlying, terms.quote_asset, terms.settle_asset});
        }
    }
}

Status MarginDiff::walk_market(attribution::MarketPath& market_path) {
    for (Pair& pair : pairs_) {
        if (pair.on_way) find_assets(pair);
    }
    attribution::Change change;
    while (market_path.next(change)) {
        const auto concerned = [&](const Pair& pair) { return concerns(change, pair); };
        if (std::none_of(pairs_.begin(), pairs_.end(), concerned)) continue;
        if (Status reached = reach_market(change, market_path); !reached) return reached;
    }
    return Ok{};
}

Status MarginDiff::reach_market(const attribution::Change& change,
                                const attribution::MarketPath& market_path) {
    const auto market = market_path.market(after_.day->fixed_as_of());
    if (!market) return Error{Errc::internal, market.error().message, "", 0};
    auto account_margin = AccountMargin::make(*before_.policy, *market);
    if (!account_margin) return Error{Errc::internal, account_margin.error().message, "", 0};
    for (Pair& pair : pairs_) {
        if (!concerns(change, pair)) continue;
        attribution::DiffStep step{change.cause, change.item, change.from, change.to, ""};
        if (change.cause == Cause::time) pair.now.ts = pair.after->account.ts;
        if (change.cause == Cause::volatility) name_vols(step, pair.now, market_path);
        reach(pair, step, account_margin->assess(pair.now));
    }
    return Ok{};
}

bool MarginDiff::quoted_before(const std::string& symbol) const {
    const market::Market& market = before_.day->market();
    const auto known = market.find_instrument(symbol);
    return known && market.instrument(*known).quote;
}

void MarginDiff::walk_account(Pair& pair) {
    const auto visit = [&](attribution::DiffStep step, const record::Account& now) {
        if (step.cause == Cause::position && !quoted_before(step.item))
            step.note = "not quoted on the old day";
        reach(pair, step, arrived_->assess(now));
    };
    switch_account(pair.now, pair.after->account, visit);
}

void MarginDiff::walk_policy() {
    policy::Document policy = *before_.policy;
    for (const auto& difference : before_.policy->differences(*after_.policy)) {
        policy = policy.taking(difference.name, *after_.policy);
        const attribution::DiffStep step = policy_step(difference);
        auto account_margin = AccountMargin::make(policy, after_.day->market());
        if (account_margin) {
            reach(step, *account_margin);
            continue;
        }
        for (Pair& pair : pairs_) {
            if (pair.on_way) pair.trail.pass_over(step, account_margin.error().message);
        }
    }
}

}  // namespace tidemark::desk
