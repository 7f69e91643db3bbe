#include "desk/diff/margin_diff.hpp"

#include <fmt/format.h>

namespace tidemark::desk {
namespace {

using record::DiffStatus;
using record::MarginStatus;

record::DiffFigures to_record(const attribution::Figures& figures) {
    return {figures.initial_margin, figures.maintenance_margin, figures.equity};
}

record::DiffRow to_record(const attribution::Row& row) {
    const auto& [step, with, by] = row;
    record::DiffRow out{step.cause,        std::nullopt,          step.from, step.to,
                        by.initial_margin, by.maintenance_margin, by.equity, {with.begin(), with.end()},
                        std::nullopt};
    if (!step.item.empty()) out.item = step.item;
    if (!step.note.empty()) out.note = step.note;
    return out;
}

}  // namespace

Result<std::unique_ptr<MarginDiff>> MarginDiff::make(DiffSide before, DiffSide after) {
    for (const DiffSide& side : {before, after}) {
        for (const policy::Document* policy : {before.policy, after.policy}) {
            if (const Status known = know_par_assets(*policy, side.day->market()); !known)
                return known.error();
        }
        side.day->market().prepare();
    }
    std::unique_ptr<MarginDiff> made{new MarginDiff{before, after}};
    auto first = AccountMargin::make(*before.policy, before.day->market());
    auto arrived = AccountMargin::make(*before.policy, after.day->market());
    auto last = AccountMargin::make(*after.policy, after.day->market());
    for (const auto* account_margin : {&first, &arrived, &last}) {
        if (!*account_margin) return account_margin->error();
    }
    made->first_ = *std::move(first);
    made->arrived_ = *std::move(arrived);
    made->last_ = *std::move(last);
    made->pair_up();
    return made;
}

void MarginDiff::pair_up() {
    const BookDay::Accounts &before = before_.day->accounts(), &after = after_.day->accounts();
    std::map<std::string_view, Pair> all;
    for (const auto& [id, held] : before) all[id].before = held.get();
    for (const auto& [id, held] : after) all[id].after = held.get();
    for (auto& [id, pair] : all) {
        pair.id = id;
        pairs_.push_back(std::move(pair));
    }
}

void MarginDiff::put_indeterminate(Pair& pair, std::string_view day, std::string_view reason) {
    pair.reason = fmt::format("{}: {}", day, reason);
    pair.diff.status = DiffStatus::indeterminate;
    pair.diff.reason = pair.reason;
}

void MarginDiff::put_one_side(Pair& pair, const record::Margin& margin) {
    const bool opened = pair.before == nullptr;
    if (margin.status == MarginStatus::indeterminate)
        return put_indeterminate(pair, opened ? "new" : "old", *margin.reason);
    pair.diff.status = opened ? DiffStatus::opened : DiffStatus::closed;
    auto& figures = opened ? pair.diff.after : pair.diff.before;
    figures = {*margin.initial_margin, *margin.maintenance_margin, *margin.equity};
}

void MarginDiff::put_change(Pair& pair, const attribution::Attribution& back) {
    const attribution::AttributedChange change = pair.trail.change(back);
    pair.diff.before = to_record(change.before);
    pair.diff.after = to_record(change.after);
    pair.diff.change = to_record(attribution::difference(change.after, change.before));
    for (const attribution::Row& row : change.rows) pair.diff.rows.push_back(to_record(row));
    pair.diff.status = pair.diff.rows.empty() ? DiffStatus::unchanged : DiffStatus::changed;
}

void MarginDiff::begin(Pair& pair, bool same_world) {
    const record::Account& shown = pair.after != nullptr ? pair.after->account : pair.before->account;
    pair.diff.currency = shown.currency.value_or("USD");
    if (pair.before != nullptr) pair.diff.old_policy = before_.policy->id();
    if (pair.before != nullptr) pair.diff.old_as_of_ts = before_.day->market().as_of();
    if (pair.after != nullptr) pair.diff.policy = after_.policy->id();
    if (pair.after != nullptr) pair.diff.as_of_ts = after_.day->market().as_of();
    if (before_.day->may_have_refused(pair.id)) return put_indeterminate(pair, "old", "its line was refused");
    if (after_.day->may_have_refused(pair.id)) return put_indeterminate(pair, "new", "its line was refused");
    if (pair.before == nullptr) return put_one_side(pair, last_->assess(pair.after->account));
    if (pair.after == nullptr) return put_one_side(pair, first_->assess(pair.before->account));
    begin_both(pair, same_world);
}

void MarginDiff::begin_both(Pair& pair, bool same_world) {
    pair.same = same_world && pair.before->text() == pair.after->text();
    const record::Margin& before = first_->assess(pair.before->account);
    if (before.status == MarginStatus::indeterminate) return put_indeterminate(pair, "old", *before.reason);
    pair.trail.begin(figures_of(before));
    const record::Margin& after = last_->assess(pair.after->account);
    if (after.status == MarginStatus::indeterminate) return put_indeterminate(pair, "new", *after.reason);
    pair.on_way = true;
    pair.now = pair.before->account;
}

Status MarginDiff::walk() {
    attribution::MarketPath market_path{before_.day->market(), after_.day->market(), first_->model().view()};
    const bool same_world = market_path.empty() && before_.policy->differences(*after_.policy).empty();
    for (Pair& pair : pairs_) begin(pair, same_world);
    for (Pair& pair : pairs_) {
        if (pair.on_way) close_first(pair);
    }
    if (Status walked = walk_market(market_path); !walked) return walked;
    const attribution::DiffStep rest{Cause::other, "", std::nullopt, std::nullopt, ""};
    reach(rest, *arrived_);
    for (Pair& pair : pairs_) {
        if (pair.on_way) walk_account(pair);
    }
    walk_policy();
    for (Pair& pair : pairs_) {
        if (pair.on_way) reach(pair, rest, last_->assess(pair.after->account));
    }
    return Ok{};
}

/// The way back decides nothing but the grid that figures are rounded to, the same in both directions.
Status MarginDiff::run() {
    const auto back = make(after_, before_);
    if (!back) return back.error();
    if (Status walked = walk(); !walked) return walked;
    if (Status walked = (*back)->walk(); !walked) return walked;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
        if (pairs_[i].on_way) put_change(pairs_[i], (*back)->pairs_[i].trail);
    }
    return Ok{};
}

void MarginDiff::each(const std::function<void(const Entry&)>& visit) const {
    for (const Pair& pair : pairs_) {
        const BookDay::Held& shown = pair.after != nullptr ? *pair.after : *pair.before;
        visit({pair.id, shown.text(), pair.same, pair.diff});
    }
}

}  // namespace tidemark::desk
